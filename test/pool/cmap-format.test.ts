import { MongoClient as DriverMongoClient } from 'mongodb';
import { MongoClient } from '../../lib/client';
import { ConnectionPool } from '../../lib/driver';
import { Pool } from '../../lib/pool';
import { isOfficialDriver } from '../unified/driver';
import { defineCmapTests } from './cmap/runner';

const ours = { Pool, MongoClient };
const official = { Pool: ConnectionPool, MongoClient: DriverMongoClient };

describe('a pool, by the Connection Monitoring and Pooling specification', () => {
  defineCmapTests(isOfficialDriver ? official : ours);
});
