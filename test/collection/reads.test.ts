import { sameAsTheDriver, type Case } from '../support/parity';

const SEED = [
  { _id: 1, name: 'Ada', age: 36, tags: ['a', 'b'] },
  { _id: 2, name: 'Grace', age: 85, tags: ['b'] },
  { _id: 3, name: 'Edsger', age: 72 }
];

const older = { age: { $gt: 40 } };
const METADATA = { includeResultMetadata: true };

const reads: Record<string, Case> = {
  findOne: ({ users, call }) => call(users, 'findOne', { _id: 2 }),
  'findOne without arguments': ({ users, call }) => call(users, 'findOne'),
  'findOne that matches none': ({ users, call }) => call(users, 'findOne', { _id: 9 }),
  'findOne with projection, sort and skip': ({ users, call }) =>
    call(users, 'findOne', {}, { projection: { name: 1, _id: 0 }, sort: { age: -1 }, skip: 1 }),
  'findOne with a bad filter': ({ users, call }) => call(users, 'findOne', { $nope: 1 }),
  'findOne with a filter that is no object': ({ users, call }) => call(users, 'findOne', 'nope', {}),
  'findOne with values of every option': ({ users, call }) =>
    call(users, 'findOne', older, { promoteValues: false, comment: 'c', maxTimeMS: 1000, hint: { _id: 1 } }),
  'findOne in raw bytes': ({ users, call }) => call(users, 'findOne', { _id: 1 }, { raw: true }),
  countDocuments: ({ users, call }) => call(users, 'countDocuments', older),
  'countDocuments without arguments': ({ users, call }) => call(users, 'countDocuments'),
  'countDocuments with skip and limit': ({ users, call }) =>
    call(users, 'countDocuments', {}, { skip: 1, limit: 1 }),
  'countDocuments that matches none': ({ users, call }) => call(users, 'countDocuments', { _id: 9 }),
  'countDocuments with a bad filter': ({ users, call }) => call(users, 'countDocuments', { $nope: 1 }),
  estimatedDocumentCount: ({ users, call }) => call(users, 'estimatedDocumentCount'),
  'estimatedDocumentCount of no collection': ({ db, call }) =>
    call(db.collection('nobody'), 'estimatedDocumentCount', { maxTimeMS: 1000 }),
  count: ({ users, call }) => call(users, 'count', older, { limit: 1 }),
  distinct: ({ users, call }) => call(users, 'distinct', 'tags'),
  'distinct with a filter': ({ users, call }) => call(users, 'distinct', 'name', older),
  'distinct with options': ({ users, call }) =>
    call(users, 'distinct', 'age', older, { promoteValues: false }),
  'distinct of no field': ({ users, call }) => call(users, 'distinct', 'nope', {}, {}),
  findOneAndUpdate: ({ users, call }) => call(users, 'findOneAndUpdate', { _id: 1 }, { $inc: { age: 1 } }),
  'findOneAndUpdate, the document afterwards': ({ users, call }) =>
    call(users, 'findOneAndUpdate', { _id: 1 }, { $inc: { age: 1 } }, { returnDocument: 'after' }),
  'findOneAndUpdate that matches none': ({ users, call }) =>
    call(users, 'findOneAndUpdate', { _id: 9 }, { $inc: { age: 1 } }),
  'findOneAndUpdate with metadata': ({ users, call }) =>
    call(users, 'findOneAndUpdate', { _id: 1 }, { $inc: { age: 1 } }, METADATA),
  'findOneAndUpdate that inserts, with metadata': ({ users, call }) =>
    call(users, 'findOneAndUpdate', { _id: 9 }, { $set: { age: 1 } }, { ...METADATA, upsert: true }),
  'findOneAndUpdate with sort and projection': ({ users, call }) =>
    call(
      users,
      'findOneAndUpdate',
      older,
      { $set: { x: 1 } },
      { sort: { age: -1 }, projection: { name: 1 } }
    ),
  'findOneAndUpdate with a document in place of operators': ({ users, call }) =>
    call(users, 'findOneAndUpdate', { _id: 1 }, { age: 1 }),
  findOneAndReplace: ({ users, call }) => call(users, 'findOneAndReplace', { _id: 1 }, { name: 'Lovelace' }),
  'findOneAndReplace with metadata': ({ users, call }) =>
    call(users, 'findOneAndReplace', { _id: 1 }, { name: 'L' }, { ...METADATA, returnDocument: 'after' }),
  'findOneAndReplace with operators in place of a document': ({ users, call }) =>
    call(users, 'findOneAndReplace', { _id: 1 }, { $set: { a: 1 } }),
  findOneAndDelete: ({ users, call }) => call(users, 'findOneAndDelete', { _id: 1 }),
  'findOneAndDelete that matches none': ({ users, call }) => call(users, 'findOneAndDelete', { _id: 9 }),
  'findOneAndDelete with metadata': ({ users, call }) =>
    call(users, 'findOneAndDelete', { _id: 1 }, METADATA),
  'findOneAndDelete without metadata, said so': ({ users, call }) =>
    call(users, 'findOneAndDelete', { _id: 1 }, { includeResultMetadata: false })
};

describe('a read', () => sameAsTheDriver('motor_reads', SEED, reads));
