// Prints whose classes Mongoose works with.
import mongoose from 'mongoose';
import { createRequire } from 'node:module';

const require = createRequire(createRequire(import.meta.url).resolve('mongoose'));
const driver = require('mongodb');
const { ConnectionPool } = require('mongodb/lib/cmap/connection_pool');

await mongoose.connect(process.env.DATABASE_URI);
const client = mongoose.connection.getClient();
const [server] = client.topology.s.servers.values();
console.log('the same package', mongoose.mongo === driver);
console.log('has our styles', typeof mongoose.mongo.coroutine === 'function');
console.log('its client', client.constructor === mongoose.mongo.MongoClient);
console.log('a pool', server.pool instanceof ConnectionPool);
console.log('the pool of the driver', server.pool.constructor === ConnectionPool);
console.log('its database', mongoose.connection.db.constructor === mongoose.mongo.Db);
const collection = mongoose.connection.collection('any');
console.log('methods', Object.getOwnPropertyNames(Object.getPrototypeOf(collection)).sort().join(' '));
await mongoose.disconnect();
