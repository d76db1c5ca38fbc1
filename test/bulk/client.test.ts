import type { ClientBulkWriteModel, ClientBulkWriteOptions, Document } from 'mongodb';
import { type Handler, reset } from '../support/simulator-script';
import { type Scripted, sameFromAScript } from './scripted';

interface User extends Document {
  _id: number;
}

type Models = ClientBulkWriteModel<Record<string, User>>[];

const write =
  (models: Models, options?: ClientBulkWriteOptions): Scripted['run'] =>
  ({ client, call }) =>
    call(client, 'bulkWrite', structuredClone(models), options);

const inserts = (count: number, size = 0, namespaces = 1): Models =>
  Array.from({ length: count }, (_, _id) => ({
    namespace: `shop.users${_id % namespaces}`,
    name: 'insertOne',
    document: { _id, text: 'x'.repeat(size) }
  }));

const mixed: Models = [
  { namespace: 'shop.users', name: 'insertOne', document: { _id: 1 } },
  {
    namespace: 'shop.users',
    name: 'updateOne',
    filter: { _id: 2 },
    update: { $set: { a: 1 } },
    upsert: true
  },
  {
    namespace: 'shop.carts',
    name: 'updateMany',
    filter: {},
    update: [{ $set: { a: 1 } }],
    collation: { locale: 'en' }
  },
  {
    namespace: 'shop.carts',
    name: 'replaceOne',
    filter: { _id: 3 },
    replacement: { a: 1 },
    sort: { _id: 1 }
  },
  { namespace: 'shop.users', name: 'deleteOne', filter: { _id: 4 }, hint: { _id: 1 } },
  { namespace: 'else.users', name: 'deleteMany', filter: {} }
];

/** The verbose result of one operation. */
function resultOf(operation: Document, idx: number): Document {
  if ('insert' in operation) return { ok: 1, idx, n: 1 };
  if ('delete' in operation) return { ok: 1, idx, n: 2 };
  return { ok: 1, idx, n: 1, nModified: 1, ...(operation.upsert && { upserted: { index: 0, _id: 'made' } }) };
}

const counts = { nInserted: 1, nUpserted: 2, nMatched: 3, nModified: 4, nDeleted: 5, nErrors: 0 };
const failing = (idx: number): Document => ({ ok: 0, idx, code: 11000, errmsg: `E11000 ${idx}`, n: 0 });

/** Answers as a server does; the operations of the given indexes fail. */
const answer =
  (...failures: number[]): Handler =>
  ({ ops, errorsOnly, ordered }, reply) => {
    const results: Document[] = [];
    for (const [idx, operation] of (ops as Document[]).entries()) {
      const failed = failures.includes(idx);
      if (failed) results.push(failing(idx));
      else if (!errorsOnly) results.push(resultOf(operation, idx));
      if (failed && ordered) break;
    }
    return { ...reply.cursor(results), ...counts, nErrors: failures.length };
  };

/** Answers with two results at a time, by a cursor. */
const slowly =
  (more: Handler): ((simulator: { on(name: string, handler: Handler): unknown }) => void) =>
  simulator => {
    simulator.on('bulkWrite', ({ ops }) => {
      const firstBatch = (ops as Document[]).slice(0, 2).map(resultOf);
      return { cursor: { id: 7n, ns: 'admin.$cmd.bulkWrite', firstBatch }, ...counts };
    });
    simulator.on('getMore', more);
  };

const rest = (...results: Document[]): Document => ({
  cursor: { id: 0n, ns: 'admin.$cmd.bulkWrite', nextBatch: results }
});

const unmet: Handler = (command, reply, connection) => ({
  ...(answer()(command, reply, connection) as Document),
  writeConcernError: { code: 64, codeName: 'WriteConcernFailed', errmsg: 'waiting timed out' }
});
const forbidden: Handler = (_command, reply) => reply.fail(13, 'Unauthorized', 'not allowed');

const healthy: Scripted['script'] = simulator => simulator.on('bulkWrite', answer());
const failed =
  (...failures: number[]): Scripted['script'] =>
  simulator =>
    simulator.on('bulkWrite', answer(...failures));

const MODELS_A_BATCH = { maxWriteBatchSize: 4 };
const verbose = { verboseResults: true };

const eachWay: Record<string, (options: ClientBulkWriteOptions) => Scripted> = {
  'every kind of write': options => ({ script: healthy, run: write(mixed, options) }),
  'splits by number': options => ({
    hello: MODELS_A_BATCH,
    script: healthy,
    run: write(inserts(11, 0, 3), options)
  }),
  'splits by size': options => ({
    hello: { maxMessageSizeBytes: 2500 },
    script: healthy,
    run: write(inserts(20, 300, 2), options)
  }),
  'a document too large at first': options => ({
    hello: { maxBsonObjectSize: 400 },
    script: healthy,
    run: write([...inserts(1, 500), ...inserts(2)], options)
  }),
  'a document too large after a batch': options => ({
    hello: { maxBsonObjectSize: 400, ...MODELS_A_BATCH },
    script: healthy,
    run: write([...inserts(5), ...inserts(1, 500)], options)
  }),
  'an error in the first batch': options => ({
    hello: MODELS_A_BATCH,
    script: failed(1),
    run: write(inserts(6), options)
  }),
  'errors in the second batch': options => ({
    hello: MODELS_A_BATCH,
    script: simulator => simulator.once('bulkWrite', answer()).on('bulkWrite', answer(0, 2)),
    run: write(inserts(9), options)
  }),
  'results that take several messages': options => ({
    script: slowly(() => rest(resultOf({ insert: 0 }, 2))),
    run: write(inserts(3), options)
  }),
  'an error among results that take several messages': options => ({
    script: slowly(({ getMore }) => ({ cursor: { ...rest().cursor, id: getMore, nextBatch: [failing(2)] } })),
    run: write(inserts(3), options)
  }),
  'results that cannot be read to the end': options => ({
    script: slowly(forbidden),
    run: write(inserts(3), options)
  }),
  'a write concern that is not met': options => ({
    hello: MODELS_A_BATCH,
    script: simulator => simulator.once('bulkWrite', unmet).on('bulkWrite', answer()),
    run: write(inserts(6), options)
  }),
  'a refusal of the first batch': options => ({
    script: simulator => simulator.on('bulkWrite', forbidden),
    run: write(mixed, options)
  }),
  'a refusal of the second batch': options => ({
    hello: MODELS_A_BATCH,
    script: simulator => simulator.once('bulkWrite', answer()).on('bulkWrite', forbidden),
    run: write(inserts(6), options)
  }),
  'a retry of each batch': options => ({
    hello: MODELS_A_BATCH,
    script: simulator =>
      simulator
        .once('bulkWrite', reset)
        .once('bulkWrite', answer())
        .once('bulkWrite', reset)
        .on('bulkWrite', answer()),
    run: write(inserts(6), options)
  }),
  'a connection lost twice in the second batch': options => ({
    hello: MODELS_A_BATCH,
    script: simulator => simulator.once('bulkWrite', answer()).on('bulkWrite', reset),
    run: write(inserts(6), options)
  }),
  'no retry of a write to many documents': options => ({
    script: simulator => simulator.on('bulkWrite', reset),
    run: write(mixed, options)
  }),
  'every option': options => ({
    script: healthy,
    run: write(mixed, {
      ...options,
      bypassDocumentValidation: true,
      comment: 'why',
      let: { a: 1 },
      writeConcern: { w: 'majority' }
    })
  }),
  "a session of the caller's": options => ({
    hello: MODELS_A_BATCH,
    script: healthy,
    run: async ({ client, call }) => {
      const session = client.startSession();
      const result = await call(client, 'bulkWrite', inserts(6), { ...options, session });
      await session.endSession();
      return [result, session.serverSession?.txnNumber];
    }
  }),
  'a transaction': options => ({
    script: simulator => healthy(simulator) && simulator.on('commitTransaction', () => ({})),
    run: async ({ client, call }) => {
      const session = client.startSession();
      session.startTransaction();
      const result = await call(client, 'bulkWrite', inserts(3), { ...options, session });
      await session.commitTransaction();
      await session.endSession();
      return result;
    }
  }),
  'no acknowledgement': options => ({
    hello: MODELS_A_BATCH,
    script: healthy,
    run: write(inserts(6), { ...options, writeConcern: { w: 0 } })
  })
};

const cases: Record<string, Scripted> = {
  'no models': { run: write([]) },
  'no array': { run: ({ client, call }) => call(client, 'bulkWrite', undefined) },
  'an update without operators': {
    run: write([{ namespace: 'shop.users', name: 'updateOne', filter: {}, update: { a: 1 } as object }])
  },
  'a replacement with operators': {
    run: write([{ namespace: 'shop.users', name: 'replaceOne', filter: {}, replacement: { $set: { a: 1 } } }])
  },
  'a server that knows no such command': { run: write(mixed) }
};
for (const [name, make] of Object.entries(eachWay)) {
  cases[`ordered, ${name}`] = make({});
  cases[`unordered, ${name}`] = make({ ordered: false });
  cases[`ordered and verbose, ${name}`] = make(verbose);
  cases[`unordered and verbose, ${name}`] = make({ ordered: false, ...verbose });
}

describe("a client's bulk write", () => sameFromAScript(cases));
