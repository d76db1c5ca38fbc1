// A server that MongoMemoryServer starts, pings through the driver, and stops.
import { MongoMemoryServer } from 'mongodb-memory-server-core';
import { MongoClient } from 'mongodb';

const server = await MongoMemoryServer.create();
console.log('state', server.state);
const client = await new MongoClient(server.getUri('memory')).connect();
const users = client.db().collection('users');
console.log('inserted', (await users.insertMany([{ _id: 1 }, { _id: 2 }])).insertedCount);
console.log('found', await users.find().toArray());
await client.close();
await server.stop();
console.log('state', server.state);
