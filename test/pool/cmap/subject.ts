import type { MongoClient, MongoClientOptions } from 'mongodb';
import { clientOf, createTimeoutContext } from '../../../lib/driver';
import type { Connection, ConnectionPool, Server } from '../../../lib/driver';
import type { PoolOptions } from './format';

/** What is put to the test: a pool class, and the client class whose options such pools are made with. */
export interface Subject {
  Pool: new (server: Server, options: object) => ConnectionPool;
  MongoClient: new (uri: string, options?: MongoClientOptions) => MongoClient;
}

/** Longer than a timer can be, so that it never fires: about 24 days. */
const never = 2 ** 31 - 1;

/** A pool as a server makes it, without the server: errors of handshakes clear the pool, and no monitor readies it. */
export function createPool(
  { Pool, MongoClient }: Subject,
  uri: string,
  options: PoolOptions = {}
): ConnectionPool {
  const { backgroundThreadIntervalMS: interval, ...poolOptions } = options;
  const client = new MongoClient(uri, poolOptions);
  const [hostAddress] = client.options.hosts;
  const server = {
    topology: { client: clientOf(client) },
    description: {},
    handleError: (error: object) => {
      // A server too busy to answer is not taken for one that is down.
      if (!labels(error).includes('SystemOverloadedError')) pool.clear();
    }
  };
  const pool = new Pool(server as Server, {
    ...client.options,
    hostAddress,
    ...(interval !== undefined && { minPoolSizeCheckFrequencyMS: interval < 0 ? never : interval })
  });
  return pool;
}

export function checkOut(pool: ConnectionPool): Promise<Connection> {
  const { waitQueueTimeoutMS } = pool.options;
  return pool.checkOut({
    timeoutContext: createTimeoutContext({ serverSelectionTimeoutMS: 0, waitQueueTimeoutMS })
  });
}

function labels(error: object): readonly string[] {
  return 'errorLabels' in error && Array.isArray(error.errorLabels) ? error.errorLabels : [];
}
