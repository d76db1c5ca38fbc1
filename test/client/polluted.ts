/*
 * Started as a process of its own with a connection string: sets one property of Object.prototype after another, and
 * does the same with the driver and with this library. Sends what it changed for each.
 */
import { isDeepStrictEqual } from 'node:util';
import * as driver from 'mongodb';
import { settle, within } from '../support/bounds';
import * as motor from '../support/motor';
import { plain } from '../support/plain';

/** Names of options, commands' fields, and of what documents and replies have, each with a value that would do harm. */
const PROPERTIES: Record<string, unknown> = {
  ...{ session: {}, signal: AbortSignal.abort(), timeoutMS: 1, explain: true, comment: 'polluted' },
  ...{ raw: true, promoteValues: false, promoteLongs: false, promoteBuffers: true, useBigInt64: true },
  ...{ bsonRegExp: true, fieldsAsRaw: { a: true }, enableUtf8Validation: false, hint: 'no' },
  ...{ checkKeys: true, ignoreUndefined: true, serializeFunctions: true, forceServerObjectId: true },
  ...{ limit: 1, skip: 1, sort: { a: -1 }, projection: { _id: 1 }, batchSize: 1, tailable: true },
  ...{ w: 0, writeConcern: { w: 0 }, readConcern: { level: 'no' }, upsert: true, ordered: false },
  ...{ maxTimeMS: 1, socketTimeoutMS: 1, retryWrites: false, retryReads: false, willRetryWrite: true },
  ...{ noResponse: true, moreToCome: true, exhaustAllowed: true, directConnection: true },
  ...{ callerStack: false, tracing: { enabled: true }, connectionType: Map, takesFunctions: true, arity: 0 },
  ...{ code: 1, ok: 0, errmsg: 'polluted', writeErrors: [{}], errorLabels: ['TransientTransactionError'] },
  ...{ apiVersion: '1', _bsontype: 'ObjectId', toBSON: () => ({}), polluted: 1, server: {}, multi: true }
};

type Users = driver.Collection<{ _id: number; a?: unknown }> & { client: driver.MongoClient };

const OPERATIONS: Record<string, (users: Users, db: driver.Db) => PromiseLike<unknown>> = {
  findOne: users => users.findOne({ a: { $gt: 0 } }),
  find: users => users.find({ a: { $gt: 0 } }).toArray(),
  insertOne: users => users.insertOne({ _id: 5, a: undefined }),
  updateOne: users => users.updateOne({ _id: 1 }, { $set: { a: [1] } }),
  findOneAndUpdate: users => users.findOneAndUpdate({ _id: 1 }, { $set: { a: 9 } }),
  aggregate: users => users.aggregate([{ $match: { a: 1 } }]).toArray(),
  distinct: users => users.distinct('a'),
  bulkWrite: users =>
    users.bulkWrite([{ insertOne: { document: { _id: 5 } } }, { deleteOne: { filter: {} } }]),
  'a command': (_users, db) => db.command({ ping: 1 }),
  'a command of an Admin': (_users, db) => db.admin().command({ ping: 1 }),
  'the making of a client': async ({ client: { constructor } }) => {
    const made = Reflect.construct(constructor, ['mongodb://127.0.0.1:9']) as driver.MongoClient;
    const own = Object.entries(made).filter(([name]) => name === 'callerStack');
    return { own, options: Object.keys(made.options) };
  }
};

const database = `polluted_${process.pid}`;

/** What a call gives, and the documents that it leaves. */
async function outcome(
  client: driver.MongoClient,
  plainly: driver.Db,
  operation: string,
  property?: string
): Promise<unknown> {
  const seeded = plainly.collection<{ _id: number; a?: unknown }>('users');
  await seeded.deleteMany({});
  await seeded.insertMany([1, 2, 3].map(_id => ({ _id, a: _id })));
  const db = client.db(database);
  if (property) Object.assign(Object.prototype, { [property]: PROPERTIES[property] });
  const call = async () => OPERATIONS[operation]!(db.collection('users') as Users, db);
  const called = settle(within(700, 'the call', call()));
  const { value, error } = await called.finally(
    () => property && Reflect.deleteProperty(Object.prototype, property)
  );
  await settle(within(700, 'an answer', client.db().command({ ping: 1 }))); // what is not acknowledged is done, too
  return plain({ value, error, left: await seeded.find().sort({ _id: 1 }).toArray() });
}

/** The operations that each property changes, or for which they fail: twice, since a time limit may pass by chance. */
async function changes({ MongoClient }: Pick<typeof driver, 'MongoClient'>, uri: string): Promise<string[]> {
  const clients = [new MongoClient(uri, { maxPoolSize: 1 }), new driver.MongoClient(uri)] as const;
  const plainly = clients[1].db(database);
  const changed: string[] = [];
  await Promise.all(clients.map(client => client.connect()));
  for (const operation of Object.keys(OPERATIONS)) {
    const expected = await outcome(clients[0], plainly, operation);
    for (const property of Object.keys(PROPERTIES)) {
      const isChanged = async () =>
        !isDeepStrictEqual(await outcome(clients[0], plainly, operation, property), expected);
      if ((await isChanged()) && (await isChanged())) changed.push(`${property} in ${operation}`);
    }
  }
  await plainly.dropDatabase();
  await Promise.all(clients.map(client => client.close()));
  return changed;
}

async function main(): Promise<void> {
  const uri = process.argv[2]!;
  process.send!({ theirs: await changes(driver, uri), ours: await changes(motor, uri) });
}

void main();
