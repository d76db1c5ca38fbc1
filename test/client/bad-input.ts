import type { ClientSession, Collection, Db, Document, MongoClient } from 'mongodb';

/** What a case of bad input is given: a connected client, and what belongs to it. */
interface Given {
  client: MongoClient;
  db: Db;
  users: Collection<Document>;
  session: ClientSession;
}

/* eslint-disable @typescript-eslint/no-explicit-any -- wrong types are the point */
export type BadCall = (given: { [Name in keyof Given]: any }) => unknown;

const circular: Document = {};
circular.self = circular;

const filters: Record<string, unknown> = {
  'a string': 'x',
  'a number': 5,
  'an array': [],
  null: null
};

/** Each way to take a filter, with one that is no document. */
function badFilters(): Record<string, BadCall> {
  const calls: Record<string, (users: any, filter: unknown) => unknown> = {
    findOne: (users, filter) => users.findOne(filter),
    'find().toArray': (users, filter) => users.find(filter).toArray(),
    countDocuments: (users, filter) => users.countDocuments(filter),
    distinct: (users, filter) => users.distinct('a', filter),
    deleteOne: (users, filter) => users.deleteOne(filter),
    deleteMany: (users, filter) => users.deleteMany(filter),
    updateOne: (users, filter) => users.updateOne(filter, { $set: { a: 1 } }),
    replaceOne: (users, filter) => users.replaceOne(filter, { a: 1 }),
    findOneAndUpdate: (users, filter) => users.findOneAndUpdate(filter, { $set: { a: 1 } }),
    findOneAndReplace: (users, filter) => users.findOneAndReplace(filter, { a: 1 }),
    findOneAndDelete: (users, filter) => users.findOneAndDelete(filter)
  };
  const cases: Record<string, BadCall> = {};
  for (const [method, call] of Object.entries(calls)) {
    for (const [kind, filter] of Object.entries(filters)) {
      cases[`${method} with ${kind} for a filter`] = ({ users }) => call(users, filter);
    }
  }
  return cases;
}

const updates: Record<string, BadCall> = {
  'updateOne without operators': ({ users }) => users.updateOne({}, { a: 1 }),
  'updateOne without an update': ({ users }) => users.updateOne({}),
  'updateOne with null': ({ users }) => users.updateOne({}, null),
  'updateOne with an empty document': ({ users }) => users.updateOne({}, {}),
  'updateOne with an empty pipeline': ({ users }) => users.updateOne({}, []),
  'updateOne with a string': ({ users }) => users.updateOne({}, 'x'),
  'updateOne with mixed keys': ({ users }) => users.updateOne({}, { $set: { a: 1 }, b: 1 }),
  'updateMany without operators': ({ users }) => users.updateMany({}, { a: 1 }),
  'replaceOne with operators': ({ users }) => users.replaceOne({}, { $set: { a: 1 } }),
  'replaceOne without a document': ({ users }) => users.replaceOne({}),
  'findOneAndUpdate without operators': ({ users }) => users.findOneAndUpdate({}, { a: 1 }),
  'findOneAndUpdate without an update': ({ users }) => users.findOneAndUpdate({}),
  'findOneAndReplace with operators': ({ users }) => users.findOneAndReplace({}, { $set: { a: 1 } }),
  'bulkWrite with an update without operators': ({ users }) =>
    users.bulkWrite([{ updateOne: { filter: {}, update: { a: 1 } } }])
};

const inserts: Record<string, BadCall> = {
  'insertOne without a document': ({ users }) => users.insertOne(),
  'insertOne with null': ({ users }) => users.insertOne(null),
  'insertOne with a string': ({ users }) => users.insertOne('x'),
  'insertOne with a circular document': ({ users }) => users.insertOne({ ...circular }),
  'insertOne with a key with a null byte': ({ users }) => users.insertOne({ 'a\0b': 1 }),
  'insertOne with 17 MB': ({ users }) => users.insertOne({ text: 'x'.repeat(17_000_000) }),
  'insertMany without documents': ({ users }) => users.insertMany(),
  'insertMany with no documents': ({ users }) => users.insertMany([]),
  'insertMany with a document': ({ users }) => users.insertMany({ a: 1 }),
  'insertMany with a string': ({ users }) => users.insertMany('x'),
  'insertMany with null among documents': ({ users }) => users.insertMany([{ a: 1 }, null]),
  'bulkWrite without operations': ({ users }) => users.bulkWrite(),
  'bulkWrite with no operations': ({ users }) => users.bulkWrite([]),
  'bulkWrite with a string': ({ users }) => users.bulkWrite('x'),
  'bulkWrite with an unknown operation': ({ users }) => users.bulkWrite([{ nope: {} }]),
  'executing an empty ordered bulk': ({ users }) => users.initializeOrderedBulkOp().execute(),
  'a bulk find without a filter': ({ users }) => users.initializeOrderedBulkOp().find()
};

const others: Record<string, BadCall> = {
  'db with a dot': ({ client }) => client.db('a.b'),
  'db with a number': ({ client }) => client.db(3),
  'collection with an empty name': ({ db }) => db.collection(''),
  'collection with a dollar': ({ db }) => db.collection('$x'),
  'collection with two dots': ({ db }) => db.collection('a..b'),
  'collection with a number': ({ db }) => db.collection(5),
  'createCollection with an empty name': ({ db }) => db.createCollection(''),
  'renameCollection to an empty name': ({ users }) => users.rename(''),
  'command without a document': ({ db }) => db.command(),
  'command with a string': ({ db }) => db.command('ping'),
  'an unknown command': ({ db }) => db.command({ nope: 1 }),
  'aggregate with a string': ({ users }) => users.aggregate('x').toArray(),
  'aggregate with a document': ({ users }) => users.aggregate({}).toArray(),
  'createIndex without a specification': ({ users }) => users.createIndex(),
  'createIndexes with an empty list': ({ users }) => users.createIndexes([]),
  'dropIndex without a name': ({ users }) => users.dropIndex(),
  'an unknown read preference': ({ users }) => users.findOne({}, { readPreference: 'odd' }),
  'a read preference that is none': ({ users }) => users.estimatedDocumentCount({ readPreference: {} }),
  'a command’s read preference that is none': ({ db }) => db.command({ ping: 1 }, { readPreference: 5 }),
  'a query’s read preference that is none': ({ users }) => users.findOne({}, { readPreference: {} }),
  'a count’s read preference that is none': ({ users }) => users.countDocuments({}, { readPreference: 5 }),
  'an unknown read concern': ({ db }) => db.collection('users', { readConcern: 5 }).findOne({}),
  'a hint that is a function': ({ users }) => users.findOne({}, { hint: () => 1 }),
  'a sort that is a number': ({ users }) => users.find({}).sort(5).toArray(),
  'one document by a sort that is a number': ({ users }) => users.findOne({}, { sort: 5 }),
  'one document by a sort that is not a number': ({ users }) => users.findOne({}, { sort: NaN }),
  'a sort with an odd direction': ({ users }) => users.find({}).sort({ a: 'sideways' }).toArray(),
  'a limit that is a string': ({ users }) => users.find({}).limit('x').toArray(),
  'a skip that is a string': ({ users }) => users.find({}).skip('x').toArray(),
  'a batch size that is a string': ({ users }) => users.find({}).batchSize('x').toArray(),
  'an unknown cursor flag': ({ users }) => users.find({}).addCursorFlag('odd', true).toArray(),
  'maxTimeMS that is a string': ({ users }) => users.find({}).maxTimeMS('x').toArray(),
  'an explain with an odd verbosity': ({ users }) => users.find({}).explain(5),
  'an aborted signal': ({ users }) => users.findOne({}, { signal: AbortSignal.abort() }),
  'watch with a string': ({ users }) => users.watch('x').next(),
  'a transaction committed before it starts': ({ session }) => session.commitTransaction(),
  'a transaction aborted before it starts': ({ session }) => session.abortTransaction(),
  'a transaction started twice': ({ session }) => {
    session.startTransaction();
    return session.startTransaction();
  },
  'a transaction with an unacknowledged write concern': ({ session }) =>
    session.startTransaction({ writeConcern: { w: 0 } }),
  'withSession without a function': ({ client }) => client.withSession(),
  'a snapshot session that is causally consistent': ({ client }) =>
    client.startSession({ snapshot: true, causalConsistency: true }),
  'a session that has ended': async ({ users, session }) => {
    await session.endSession();
    return users.findOne({}, { session });
  },
  'a session that is none': ({ users }) => users.findOne({}, { session: 5 }),
  'a server error': ({ users }) => users.findOne({ fail: 1 }),
  'a duplicate key': ({ users }) => users.insertOne({ _id: 'duplicate' }),
  'a duplicate key among many': ({ users }) => users.insertMany([{ _id: 1 }, { _id: 'duplicate' }]),
  'a cursor read after it was closed': async ({ users }) => {
    const cursor = users.find({});
    await cursor.close();
    return cursor.next();
  },
  'a cursor changed after it was read': async ({ users }) => {
    const cursor = users.find({});
    await cursor.next();
    return cursor.sort({ a: 1 });
  },
  'a closed client': async ({ client, users }) => {
    await client.close();
    return users.findOne({});
  },
  'a closed client asked for a session': async ({ client }) => {
    await client.close();
    return client.startSession();
  },
  'a cursor of a closed client': async ({ client, users }) => {
    await client.close();
    return users.find({}).toArray();
  }
};

export const badCalls: Record<string, BadCall> = { ...badFilters(), ...updates, ...inserts, ...others };

/** Arguments of the client's constructor, most of which it refuses. */
export const badClients: Record<string, unknown[]> = {
  'no URI': [],
  'null for a URI': [null],
  'an empty URI': [''],
  nonsense: ['nonsense'],
  'another scheme': ['http://localhost'],
  'a URI without a host': ['mongodb://'],
  'a port too large': ['mongodb://localhost:99999'],
  'a port that is no number': ['mongodb://localhost:abc'],
  'an SRV URI with a port': ['mongodb+srv://localhost.test.example:27017'],
  'an SRV URI with two hosts': ['mongodb+srv://a.b.c,d.e.f'],
  'an unescaped password': ['mongodb://user:p@ss:word@localhost'],
  'an unknown option in the URI': ['mongodb://localhost/?nope=1'],
  'an option twice in the URI': ['mongodb://localhost/?maxPoolSize=1&maxPoolSize=2'],
  'an empty option in the URI': ['mongodb://localhost/?maxPoolSize='],
  'directConnection with two hosts': ['mongodb://a,b/?directConnection=true'],
  'loadBalanced with a replica set': ['mongodb://localhost/?loadBalanced=true&replicaSet=x'],
  'an unknown option': ['mongodb://localhost', { nope: 1 }],
  'two unknown options': ['mongodb://localhost', { nope: 1, neither: 2 }],
  'a negative pool size': ['mongodb://localhost', { maxPoolSize: -1 }],
  'a pool size that is a string': ['mongodb://localhost', { maxPoolSize: 'x' }],
  'a minimum above the maximum': ['mongodb://localhost', { maxPoolSize: 1, minPoolSize: 2 }],
  'maxConnecting of 0': ['mongodb://localhost', { maxConnecting: 0 }],
  'an unknown read preference': ['mongodb://localhost', { readPreference: 'odd' }],
  'an unknown mechanism': ['mongodb://localhost', { authMechanism: 'NOPE' }],
  'a mechanism without a user': ['mongodb://localhost', { authMechanism: 'SCRAM-SHA-256' }],
  'auth without a password': ['mongodb://localhost', { auth: { username: 'me' } }],
  'an unknown compressor': ['mongodb://localhost', { compressors: 'nope' }],
  'conflicting TLS options': ['mongodb://localhost/?tls=true&ssl=false'],
  'insecure TLS twice': ['mongodb://localhost/?tlsInsecure=true&tlsAllowInvalidCertificates=true'],
  'a server API that is unknown': ['mongodb://localhost', { serverApi: '9' }],
  'a driverInfo that is a string': ['mongodb://localhost', { driverInfo: 'x' }],
  'a proxy without a host': ['mongodb://localhost', { proxyPort: 1 }],
  'an app name too long': ['mongodb://localhost', { appName: 'x'.repeat(200) }],
  'options that are a string': ['mongodb://localhost', 'x']
};
