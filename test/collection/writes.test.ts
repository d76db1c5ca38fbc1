import { sameAsTheDriver, type Case } from '../support/parity';

const SEED = [
  { _id: 1, name: 'Ada', age: 36, tags: ['a', 'b'] },
  { _id: 2, name: 'Grace', age: 85, tags: ['b'] },
  { _id: 3, name: 'Edsger', age: 72 }
];

const writes: Record<string, Case> = {
  insertOne: ({ users, call }) => call(users, 'insertOne', { _id: 4, name: 'Alan' }),
  'insertOne of a document that is there': ({ users, call }) => call(users, 'insertOne', { _id: 1 }),
  'insertOne with options': ({ users, call }) =>
    call(users, 'insertOne', { _id: 4, none: undefined }, { ignoreUndefined: true, comment: 'c' }),
  'insertOne without acknowledgement': ({ users, call }) =>
    call(users, 'insertOne', { _id: 1 }, { writeConcern: { w: 0 } }),
  'insertOne gives the document its _id': async ({ users, call }) => {
    const document: { _id?: object } = {};
    const { insertedId } = (await call(users, 'insertOne', document)) as { insertedId: object };
    const same = insertedId === document._id;
    await call(users, 'deleteOne', document);
    return same;
  },
  insertMany: ({ users, call }) => call(users, 'insertMany', [{ _id: 4 }, { _id: 5 }]),
  'insertMany of none': ({ users, call }) => call(users, 'insertMany', []),
  'insertMany of no array': ({ users, call }) => call(users, 'insertMany', { _id: 4 }),
  'insertMany that stops at an error': ({ users, call }) =>
    call(users, 'insertMany', [{ _id: 4 }, { _id: 1 }, { _id: 5 }]),
  'insertMany that goes on after errors': ({ users, call }) =>
    call(users, 'insertMany', [{ _id: 4 }, { _id: 1 }, { _id: 5 }, { _id: 2 }], { ordered: false }),
  updateOne: ({ users, call }) => call(users, 'updateOne', { _id: 1 }, { $set: { age: 37 } }),
  'updateOne that matches none': ({ users, call }) =>
    call(users, 'updateOne', { _id: 9 }, { $set: { age: 1 } }),
  'updateOne that changes nothing': ({ users, call }) =>
    call(users, 'updateOne', { _id: 1 }, { $set: { age: 36 } }),
  'updateOne that inserts': ({ users, call }) =>
    call(users, 'updateOne', { _id: 9 }, { $set: { age: 1 } }, { upsert: true }),
  'updateOne with a pipeline': ({ users, call }) =>
    call(users, 'updateOne', { _id: 1 }, [{ $set: { double: { $add: ['$age', '$age'] } } }]),
  'updateOne with array filters': ({ users, call }) =>
    call(users, 'updateOne', { _id: 1 }, { $set: { 'tags.$[t]': 'z' } }, { arrayFilters: [{ t: 'b' }] }),
  'updateOne with a document in place of operators': ({ users, call }) =>
    call(users, 'updateOne', { _id: 1 }, { age: 1 }),
  'updateOne with an operator that is unknown': ({ users, call }) =>
    call(users, 'updateOne', { _id: 1 }, { $nope: { age: 1 } }),
  'updateOne without acknowledgement': ({ users, call }) =>
    call(users, 'updateOne', { _id: 9 }, { $set: { a: 1 } }, { writeConcern: { w: 0 } }),
  updateMany: ({ users, call }) => call(users, 'updateMany', { age: { $gt: 40 } }, { $inc: { age: 1 } }),
  'updateMany that inserts': ({ users, call }) =>
    call(users, 'updateMany', { _id: 9 }, { $set: { age: 1 } }, { upsert: true }),
  replaceOne: ({ users, call }) => call(users, 'replaceOne', { _id: 1 }, { name: 'Lovelace' }),
  'replaceOne that inserts': ({ users, call }) =>
    call(users, 'replaceOne', { _id: 9 }, { name: 'Nine' }, { upsert: true }),
  'replaceOne with operators in place of a document': ({ users, call }) =>
    call(users, 'replaceOne', { _id: 1 }, { $set: { a: 1 } }),
  deleteOne: ({ users, call }) => call(users, 'deleteOne', { tags: 'b' }),
  'deleteOne that matches none': ({ users, call }) => call(users, 'deleteOne', { _id: 9 }),
  deleteMany: ({ users, call }) => call(users, 'deleteMany', { tags: 'b' }),
  'deleteMany of all': ({ users, call }) => call(users, 'deleteMany'),
  'deleteMany with a bad filter': ({ users, call }) => call(users, 'deleteMany', { $nope: 1 }),
  'bulkWrite of everything': ({ users, call }) =>
    call(users, 'bulkWrite', [
      { insertOne: { document: { _id: 4, name: 'Alan' } } },
      { updateOne: { filter: { _id: 1 }, update: { $set: { age: 1 } } } },
      { updateMany: { filter: {}, update: { $set: { seen: true } } } },
      { updateOne: { filter: { _id: 8 }, update: { $set: { age: 8 } }, upsert: true } },
      { replaceOne: { filter: { _id: 2 }, replacement: { name: 'Hopper' } } },
      { deleteOne: { filter: { _id: 3 } } },
      { deleteMany: { filter: { age: 8 } } }
    ]),
  'bulkWrite that stops at an error': ({ users, call }) =>
    call(users, 'bulkWrite', [
      { insertOne: { document: { _id: 4 } } },
      { insertOne: { document: { _id: 1 } } },
      { deleteMany: { filter: {} } }
    ]),
  'bulkWrite that goes on after errors': ({ users, call }) =>
    call(
      users,
      'bulkWrite',
      [{ insertOne: { document: { _id: 1 } } }, { deleteOne: { filter: { _id: 2 } } }],
      {
        ordered: false
      }
    ),
  'bulkWrite of none': ({ users, call }) => call(users, 'bulkWrite', [])
};

describe('a write', () => sameAsTheDriver('motor_writes', SEED, writes));
