import {
  type AnyBulkWriteOperation,
  type Document,
  ReadConcern,
  ReadPreference,
  WriteConcern
} from 'mongodb';
import fc from 'fast-check';
import { inspect } from 'node:util';

/** A method of a collection, and what it is called with: made anew for each call, as some of it is changed by it. */
export interface Call {
  readonly method: string;
  args(): unknown[];
}

type Make = () => unknown;

/** One of these values, none of which is used twice. */
const oneOf = (...makes: Make[]): fc.Arbitrary<Make> => fc.constantFrom(...makes);
const plainly = (...values: unknown[]): fc.Arbitrary<Make> => oneOf(...values.map(value => () => value));

const none = [() => undefined, () => null, () => ({})] as const;
const flag = plainly(true, false, undefined, null);
const number = plainly(0, 1, 5, -2, undefined, null);

const values: Record<string, fc.Arbitrary<Make>> = {
  sort: oneOf(
    ...none,
    ...[() => [], () => '', () => 'a', () => ({ a: 1, b: 'desc' }), () => ({ a: { $meta: 'textScore' } })],
    ...[() => ['a', 'b'], () => ['a', -1], () => [['b', 1] as const], () => new Map([['a', -1]]), () => 5]
  ),
  projection: oneOf(...none, () => ({ a: 1, _id: 0 })),
  hint: oneOf(
    ...none,
    () => 'a_1',
    () => ({ a: 1 })
  ),
  collation: oneOf(
    () => undefined,
    () => null,
    () => ({ locale: 'en' })
  ),
  let: oneOf(...none, () => ({ x: 1 })),
  comment: oneOf(
    ...none,
    () => 'why',
    () => 0
  ),
  readConcern: oneOf(
    ...none,
    () => 'local',
    () => ({ level: 'majority' }),
    () => new ReadConcern('local')
  ),
  readPreference: oneOf(
    ...none,
    ...[() => 'secondary', () => ({ mode: 'nearest' }), () => ReadPreference.primaryPreferred]
  ),
  writeConcern: oneOf(
    ...none,
    () => ({ w: 1 }),
    () => ({ wtimeout: 9 }),
    () => new WriteConcern('majority')
  ),
  arrayFilters: oneOf(
    () => undefined,
    () => [],
    () => [{ 'x.a': 1 }]
  ),
  returnDocument: plainly('before', 'after', undefined),
  maxTimeMS: plainly(0, 1000, undefined, null),
  limit: number,
  skip: number,
  batchSize: number
};
const valueOf = (name: string): fc.Arbitrary<Make> => values[name] ?? flag;

/** Some of these options, or none at all. */
function some(...names: string[]): fc.Arbitrary<Make> {
  const makes = fc.record(Object.fromEntries(names.map(name => [name, valueOf(name)])), { requiredKeys: [] });
  return makes.map(
    made => () => Object.fromEntries(Object.entries(made).map(([name, make]) => [name, make!()]))
  );
}

const filter = oneOf(
  ...none,
  () => ({ a: { $gt: 1 } }),
  () => ({ a: undefined, b: /x/i })
);
const update = oneOf(
  ...none,
  () => ({ $set: { a: undefined } }),
  () => [{ $set: { a: 1 } }],
  () => ({ a: 1 })
);
const replacement = oneOf(
  () => ({}),
  () => ({ a: 1, b: undefined }),
  () => ({ $set: { a: 1 } })
);
const inserted = oneOf(
  () => ({ _id: 1 }),
  () => ({ _id: undefined, a: 1 }),
  () => ({ _id: 2, a: undefined })
);
const pipeline = oneOf(
  () => undefined,
  () => [],
  () => [{ $match: { a: undefined } }],
  () => [{ $out: 'x' }]
);
const models = oneOf(
  () => [],
  () => [{ insertOne: { document: { _id: 1 } } }, { deleteOne: { filter: {} } }] as AnyBulkWriteOperation[],
  () => [{ updateOne: { filter: {}, update: { $set: { a: 1 } }, sort: { a: 1 }, upsert: true } }],
  () => [{ replaceOne: { filter: {}, replacement: { a: 1 }, hint: 'a_1' } }, { deleteMany: { filter: {} } }]
);

const reading = ['hint', 'collation', 'comment', 'maxTimeMS', 'readConcern', 'readPreference'];
const finding = ['sort', 'projection', 'limit', 'skip', 'batchSize', 'let', 'singleBatch', 'allowDiskUse'];
const rarely = [
  'showRecordId',
  'returnKey',
  'noCursorTimeout',
  'allowPartialResults',
  'tailable',
  'awaitData'
];
const bson = ['ignoreUndefined', 'promoteBuffers', 'useBigInt64', 'bsonRegExp', 'checkKeys', 'explain'];
const writing = ['writeConcern', 'comment', 'bypassDocumentValidation', 'ordered', 'forceServerObjectId'];
const changing = [...writing, 'hint', 'collation', 'let', 'arrayFilters', 'upsert', 'sort', 'maxTimeMS'];
const one = [...changing, 'projection', 'returnDocument', 'includeResultMetadata'];

const call = (method: string, ...makes: fc.Arbitrary<Make>[]): fc.Arbitrary<Call> =>
  fc.tuple(...makes).map(made => {
    const args = (): unknown[] => made.map(make => make());
    return {
      method,
      args,
      [fc.toStringMethod]: () =>
        `${method}(${args()
          .map(arg => inspect(arg))
          .join()})`
    };
  });

export const calls: fc.Arbitrary<Call> = fc.oneof(
  call('find', filter, some(...reading, ...finding, ...rarely, ...bson)),
  call('findOne', filter, some(...reading, ...finding, ...rarely, ...bson)),
  call('aggregate', pipeline, some(...reading, ...writing, ...bson, 'batchSize', 'let', 'allowDiskUse')),
  call('countDocuments', filter, some(...reading, ...bson, 'limit', 'skip')),
  call('estimatedDocumentCount', some(...reading)),
  call('distinct', plainly('a', '', undefined), filter, some(...reading, ...bson)),
  call('insertOne', inserted, some(...writing, ...bson)),
  call(
    'insertMany',
    inserted.map(make => () => [make(), make()] as Document[]),
    some(...writing, ...bson)
  ),
  call('updateOne', filter, update, some(...changing, ...bson)),
  call('updateMany', filter, update, some(...changing, ...bson)),
  call('replaceOne', filter, replacement, some(...changing, ...bson)),
  call('deleteOne', filter, some(...changing, ...bson)),
  call('deleteMany', filter, some(...changing, ...bson)),
  call('findOneAndUpdate', filter, update, some(...one, ...bson)),
  call('findOneAndReplace', filter, replacement, some(...one, ...bson)),
  call('findOneAndDelete', filter, some(...one, ...bson)),
  call('bulkWrite', models, some(...changing, ...bson))
);
