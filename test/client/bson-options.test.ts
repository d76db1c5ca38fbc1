import { inspect } from 'node:util';
import { expect } from 'chai';
import * as driver from 'mongodb';
import { settle, within } from '../support/bounds';
import * as motor from '../support/motor';
import { Simulator } from '../support/simulator';

/** What both libraries have in common, as far as it is used here. */
type Library = Pick<typeof driver, 'MongoClient'>;

const SETS: Record<string, driver.MongoClientOptions> = {
  'useBigInt64: true': { useBigInt64: true },
  'promoteLongs: false': { promoteLongs: false },
  'promoteValues: false': { promoteValues: false },
  'promoteBuffers: true': { promoteBuffers: true },
  'raw: true': { raw: true },
  'bsonRegExp: true': { bsonRegExp: true },
  'ignoreUndefined: true': { ignoreUndefined: true },
  'serializeFunctions: true': { serializeFunctions: true },
  'fieldsAsRaw: { a: true }': { fieldsAsRaw: { a: true } } as driver.MongoClientOptions
};

const DOCUMENTS = [
  { _id: 1, long: driver.Long.fromNumber(2 ** 40), int: 7, double: 1.5 },
  { _id: 2, bytes: new driver.Binary(Buffer.from('abc')), text: 'ä', when: new Date(0) },
  { _id: 3, pattern: /x/i, nested: { list: [1, driver.Long.fromNumber(2 ** 41), null] } }
];

const LARGE_ID = 2n ** 60n + 1n;

/** A server whose answers are full of int64, which is what these options change. */
async function scripted(): Promise<Simulator> {
  const simulator = await Simulator.start({ replicaSet: 'sim', streaming: true });
  const n = driver.Long.fromNumber(2);
  const time = {
    clusterTime: new driver.Timestamp({ t: 5, i: 1 }),
    signature: { keyId: n, hash: new driver.Binary(Buffer.alloc(20)) }
  };
  const gossip = { operationTime: new driver.Timestamp({ t: 5, i: 1 }), $clusterTime: time };
  return simulator
    .on('find', (_command, reply) => ({
      ...reply.cursor(DOCUMENTS.slice(0, 1), { id: LARGE_ID }),
      ...gossip
    }))
    .on('getMore', (command, reply) => {
      const last = simulator.commands('getMore').length % 2 === 0;
      const documents = DOCUMENTS.slice(last ? 2 : 1, last ? 3 : 2);
      if (BigInt(command.getMore.toString()) !== LARGE_ID) return reply.fail(43, 'CursorNotFound');
      return reply.cursor(documents, { batch: 'nextBatch', id: last ? 0n : LARGE_ID });
    })
    .on('insert', () => ({ n, ...gossip }))
    .on('update', () => ({ n, nModified: n, upserted: [{ index: 0, _id: n }] }))
    .on('delete', () => ({ n }))
    .on('findAndModify', () => ({ value: DOCUMENTS[0], lastErrorObject: { n, updatedExisting: true } }))
    .on('count', () => ({ n }))
    .on('distinct', () => ({ values: [n, 1, 'a'] }))
    .on('aggregate', (_command, reply) => reply.cursor([{ _id: 1, n }]))
    .on('listCollections', (_command, reply) =>
      reply.cursor([{ name: 'users', type: 'collection', info: {} }])
    )
    .on('echo', () => ({ long: n, date: new Date(0) }))
    .on('fail', (_command, reply) => reply.fail(13, 'Unauthorized', 'no', { extra: n }));
}

type Users = driver.Collection<{ _id: number }>;

const CALLS: Record<string, (users: Users, db: driver.Db) => PromiseLike<unknown>> = {
  find: users => users.find({}, { batchSize: 1 }).toArray(),
  findOne: users => users.findOne({ _id: 1 }),
  insertMany: users => users.insertMany([{ _id: 1 }, { _id: 2 }]),
  updateOne: users => users.updateOne({ _id: 1 }, { $inc: { a: 1 } }, { upsert: true }),
  deleteMany: users => users.deleteMany({}),
  findOneAndUpdate: users => users.findOneAndUpdate({}, { $set: { a: 1 } }, { includeResultMetadata: true }),
  bulkWrite: users =>
    users.bulkWrite([{ insertOne: { document: { _id: 1 } } }, { deleteOne: { filter: {} } }]),
  countDocuments: users => users.countDocuments({}),
  estimatedDocumentCount: users => users.estimatedDocumentCount(),
  distinct: users => users.distinct('a'),
  aggregate: users => users.aggregate([{ $match: {} }]).toArray(),
  listCollections: (_users, db) => db.listCollections().toArray(),
  command: (_users, db) => db.command({ echo: 1 }),
  'a failing command': (_users, db) => db.command({ fail: 1 })
};

async function outcomes(
  { MongoClient }: Library,
  options: driver.MongoClientOptions
): Promise<Record<string, string>> {
  const simulator = await scripted();
  const client = new MongoClient(simulator.uri(), options);
  const db = client.db('shop');
  const found: Record<string, string> = {};
  try {
    for (const [name, call] of Object.entries(CALLS)) {
      const { value, error } = await within(3000, name, settle(call(db.collection('users'), db)));
      found[name] = error
        ? `${error.name}: ${error.message} ${inspect({ ...error })}`
        : inspect(value, { depth: 10 });
    }
    found.gossip = inspect(simulator.commands('getMore')[0]?.command.$clusterTime, { depth: 10 });
    return found;
  } finally {
    await within(4000, 'closing', client.close());
    await simulator.close();
  }
}

// What the driver answers is right by definition; the point is that its own workings never see these options.
describe('BSON options of a client', () => {
  for (const [name, options] of Object.entries(SETS)) {
    it(`change what callers see, exactly as in the driver, and nothing inside: ${name}`, async () => {
      const expected = await outcomes(driver, options);
      const actual = await outcomes(motor, options);
      expect(actual).to.deep.equal(expected);
      expect(actual.find).not.to.match(/Error/);
    });
  }
});
