import { MongoClient as DriverMongoClient } from 'mongodb';
import { MongoClient } from '../../lib/client';
import { ConnectionPool } from '../../lib/driver';
import { Pool } from '../../lib/pool';
import { isOfficialDriver } from '../unified/driver';
import { defineCmapTests } from './cmap/runner';

const ours = { Pool, MongoClient };
const official = { Pool: ConnectionPool, MongoClient: DriverMongoClient };

/** What the official driver's pool does otherwise, and ours with it. */
const exceptions = {
  'clear with interruptInUseConnections = true closes pending connections':
    'the driver lets a handshake that is under way come to its end before it closes the connection',
  'Pool clear SHOULD schedule the next background thread run immediately (interruptInUseConnections = false)':
    'the driver closes stale connections when it next looks at them, which this SHOULD allows'
};

describe('a pool, by the Connection Monitoring and Pooling specification', () => {
  defineCmapTests(isOfficialDriver ? official : ours, exceptions);
});
