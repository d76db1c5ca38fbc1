import type { AnyBulkWriteOperation, BulkWriteOptions, Document } from 'mongodb';
import { type Handler, reset } from '../support/simulator-script';
import { type Scripted, sameFromAScript } from './scripted';

interface User extends Document {
  _id: number;
}

const many = (count: number, size = 0): Document[] =>
  Array.from({ length: count }, (_, _id) => ({ _id, text: 'x'.repeat(size) }));

const duplicate = (...indexes: number[]): Handler => {
  const writeErrors = indexes.map(index => ({
    index,
    code: 11000,
    errmsg: `E11000 duplicate key ${index}`,
    errInfo: { index }
  }));
  return ({ documents }) => ({ n: (documents as Document[]).length - indexes.length, writeErrors });
};

const unmet: Handler = ({ documents, updates }) => ({
  n: ((documents ?? updates) as Document[]).length,
  nModified: 1,
  writeConcernError: {
    code: 64,
    codeName: 'WriteConcernFailed',
    errmsg: 'waiting timed out',
    errInfo: { a: 1 }
  }
});

const forbidden: Handler = (_command, reply) => reply.fail(13, 'Unauthorized', 'not allowed');
const notPrimary: Handler = (_command, reply) =>
  reply.fail(10107, 'NotWritablePrimary', 'not primary', { errorLabels: ['RetryableWriteError'] });

const mixed: AnyBulkWriteOperation<User>[] = [
  { insertOne: { document: { _id: 1 } } },
  { updateOne: { filter: { _id: 2 }, update: { $set: { a: 1 } }, upsert: true } },
  { updateOne: { filter: { _id: 3 }, update: { $set: { a: 1 } }, upsert: true } },
  { insertOne: { document: { _id: 4 } } },
  { deleteOne: { filter: { _id: 5 } } },
  { updateMany: { filter: {}, update: { $set: { a: 1 } } } }
];

const insert =
  (documents: Document[], options?: BulkWriteOptions): Scripted['run'] =>
  ({ users, call }) =>
    call(users, 'insertMany', structuredClone(documents), options);

const write =
  (operations: AnyBulkWriteOperation<User>[], options?: BulkWriteOptions): Scripted['run'] =>
  ({ users, call }) =>
    call(users, 'bulkWrite', structuredClone(operations), options);

/** Each of these is tried with an ordered and with an unordered bulk write. */
const inBothOrders: Record<string, (ordered: boolean) => Scripted> = {
  'splits by number': ordered => ({ hello: { maxWriteBatchSize: 4 }, run: insert(many(11), { ordered }) }),
  'splits by size': ordered => ({
    hello: { maxBsonObjectSize: 400 },
    run: insert(many(9, 100), { ordered })
  }),
  'splits by kind': ordered => ({ run: write([...mixed, ...mixed], { ordered }) }),
  'splits operations of every kind by number': ordered => ({
    hello: { maxWriteBatchSize: 3 },
    run: write([...mixed, ...mixed, ...mixed], { ordered })
  }),
  'a document too large at first': ordered => ({
    hello: { maxBsonObjectSize: 400 },
    run: insert([...many(1, 500), ...many(2)], { ordered })
  }),
  'a document too large after others': ordered => ({
    hello: { maxBsonObjectSize: 400 },
    run: insert([...many(2), ...many(1, 500)], { ordered })
  }),
  'an update too large': ordered => ({
    hello: { maxBsonObjectSize: 400 },
    run: write([{ updateOne: { filter: {}, update: { $set: { text: 'x'.repeat(500) } } } }], { ordered })
  }),
  'write errors in two batches': ordered => ({
    hello: { maxWriteBatchSize: 5 },
    script: simulator => simulator.once('insert', duplicate(1)).once('insert', duplicate(0, 3)),
    run: insert(many(10), { ordered })
  }),
  'upserted ids': ordered => ({
    script: simulator =>
      simulator.on('update', ({ updates }) => ({
        n: updates.length,
        nModified: 0,
        upserted: [{ index: updates.length - 1, _id: 'made' }]
      })),
    run: write(mixed, { ordered })
  }),
  'a write concern that is not met, and more to write': ordered => ({
    script: simulator => simulator.once('insert', unmet),
    run: write(mixed, { ordered })
  }),
  'a write concern that is not met at the end': ordered => ({
    script: simulator => simulator.on('update', unmet),
    run: write(mixed.slice(0, 3), { ordered })
  }),
  'write errors and a write concern that is not met': ordered => ({
    script: simulator =>
      simulator.once('insert', (...args) => ({ ...unmet(...args), ...duplicate(0)(...args) })),
    run: write(mixed, { ordered })
  }),
  'a refusal of the first batch': ordered => ({
    script: simulator => simulator.on('insert', forbidden),
    run: write(mixed, { ordered })
  }),
  'a refusal of the second batch': ordered => ({
    script: simulator => simulator.on('update', forbidden),
    run: write(mixed, { ordered })
  }),
  'a retry of each batch': ordered => ({
    hello: { maxWriteBatchSize: 4 },
    script: simulator =>
      simulator
        .once('insert', reset)
        .once('insert', () => ({ n: 3 }))
        .once('insert', notPrimary),
    run: insert(many(6), { ordered })
  }),
  'a connection lost twice in the second batch': ordered => ({
    hello: { maxWriteBatchSize: 4 },
    script: simulator =>
      simulator
        .once('insert', () => ({ n: 3 }))
        .once('insert', reset)
        .once('insert', reset),
    run: insert(many(9), { ordered })
  }),
  'no retry of a write to many documents': ordered => ({
    script: simulator => simulator.on('update', reset),
    run: write(mixed.slice(-2), { ordered })
  }),
  'no retry when none is wanted': ordered => ({
    options: { retryWrites: false },
    script: simulator => simulator.once('insert', reset),
    run: insert(many(2), { ordered })
  }),
  'every option': ordered => ({
    run: write(mixed, {
      ordered,
      bypassDocumentValidation: true,
      comment: 'why',
      let: { a: 1 },
      writeConcern: { w: 'majority', wtimeoutMS: 5 },
      maxTimeMS: 500
    })
  }),
  'no acknowledgement': ordered => ({
    hello: { maxWriteBatchSize: 4 },
    run: write([...mixed, ...mixed], { ordered, writeConcern: { w: 0 } })
  }),
  'no acknowledgement of documents': ordered => ({
    run: insert(many(3), { ordered, writeConcern: { w: 0 } })
  }),
  'ids that the server makes': ordered => ({
    run: insert([{ a: 1 }, { a: 2 }], { ordered, forceServerObjectId: true })
  }),
  "a session of the caller's": ordered => ({
    run: async ({ client, users, call }) => {
      const session = client.startSession();
      const result = await call(users, 'bulkWrite', structuredClone(mixed), { session, ordered });
      await session.endSession();
      return [result, session.serverSession?.txnNumber];
    }
  })
};

const cases: Record<string, Scripted> = {
  'null among the documents': {
    run: ({ users, call }) => call(users, 'insertMany', [null], { forceServerObjectId: true })
  },
  'strings for documents': { run: ({ users, call }) => call(users, 'insertMany', ['x']) },
  'arrays for documents': { run: ({ users, call }) => call(users, 'insertMany', [[1]]) },
  'no documents at all': { run: ({ users, call }) => call(users, 'insertMany', undefined) },
  'null among the operations': { run: ({ users, call }) => call(users, 'bulkWrite', [null]) },
  'a statement in place of an operation': {
    run: ({ users, call }) => call(users, 'bulkWrite', [{ deleteOne: { q: {}, limit: 1 } }])
  },
  'no operators in an update': {
    run: ({ users, call }) => call(users, 'bulkWrite', [{ updateOne: { filter: {}, update: { a: 1 } } }])
  }
};
for (const [name, make] of Object.entries(inBothOrders)) {
  cases[`ordered, ${name}`] = make(true);
  cases[`unordered, ${name}`] = make(false);
}

describe("a collection's bulk write", () => sameFromAScript(cases));
