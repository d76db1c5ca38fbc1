import type { MongoClient } from './motor';

/** The counters that the driver's pool offers, which any pool in its place must keep. */
export interface PoolCounts {
  readonly totalConnectionCount: number;
  readonly availableConnectionCount: number;
  readonly pendingConnectionCount: number;
  readonly currentCheckedOutCount: number;
  readonly waitQueueSize: number;
  readonly generation: number;
}

interface Inside {
  topology?: { s: { servers: Map<string, { pool: PoolCounts }> } };
}

/** The pool of a client with one server. */
export function poolOf(client: MongoClient): PoolCounts {
  const inside: Inside = Object(client);
  const [server] = inside.topology?.s.servers.values() ?? [];
  if (!server) throw new Error('the client has no server yet');
  return server.pool;
}

/** What must be so when nothing runs: nothing out, nobody waiting, nothing on its way. */
export function atRest(client: MongoClient): boolean {
  const { pendingConnectionCount, currentCheckedOutCount, waitQueueSize } = poolOf(client);
  return pendingConnectionCount === 0 && currentCheckedOutCount === 0 && waitQueueSize === 0;
}
