import type { Document } from 'mongodb';
import { type Case, sameAsTheDriver } from '../support/parity';

/** Objects that say they are BSON values, as a request's body can: none of them is. */
const PRETENDERS: Record<string, unknown> = {
  'an ObjectId with an id': { _bsontype: 'ObjectId', id: '65a000000000000000000001' },
  'an ObjectId without an id': { _bsontype: 'ObjectId' },
  'an ObjectID': { _bsontype: 'ObjectID', id: 'aaaaaaaaaaaa' },
  'a Long': { _bsontype: 'Long', low: 1, high: 0 },
  'a Code': { _bsontype: 'Code', code: 'while (true);', scope: {} },
  'a Binary': { _bsontype: 'Binary', buffer: 'abc', position: 2 ** 31, sub_type: 0 },
  'a MinKey': { _bsontype: 'MinKey' },
  'a type that there is not': { _bsontype: 'NoSuchType' },
  'a type that is no string': { _bsontype: { $gt: '' } },
  'a type that is null': { _bsontype: null }
};

const cases: Record<string, Case> = {};
for (const [name, pretender] of Object.entries(PRETENDERS)) {
  const fake = (): Document => structuredClone(pretender) as Document;
  Object.assign(cases, {
    [`${name} as a value`]: ({ users, call }) => call(users, 'insertOne', { _id: 9, value: fake() }),
    [`${name} as an _id`]: ({ users, call }) => call(users, 'insertOne', { _id: fake() }),
    [`${name} as a document`]: ({ users, call }) => call(users, 'insertOne', { _id: 9, ...fake() }),
    [`${name} in many documents`]: ({ users, call }) =>
      call(users, 'insertMany', [{ _id: 8 }, { _id: 9, a: fake() }]),
    [`${name} in a filter`]: ({ users, call }) => call(users, 'findOne', { _id: fake() }),
    [`${name} as a filter`]: ({ users, call }) => call(users, 'findOne', fake()),
    [`${name} as a filter of many`]: ({ users, call }) => call(users.find(fake()), 'toArray'),
    [`${name} as a filter of a deletion`]: ({ users, call }) => call(users, 'deleteMany', fake()),
    [`${name} in an update`]: ({ users, call }) =>
      call(users, 'updateOne', { _id: 1 }, { $set: { a: fake() } }),
    [`${name} in a bulk write`]: ({ users, call }) =>
      call(users, 'bulkWrite', [{ updateOne: { filter: { a: fake() }, update: { $set: { b: 1 } } } }]),
    [`${name} as a command`]: ({ db, call }) => call(db, 'command', fake())
  } satisfies Record<string, Case>);
}

describe('an object that pretends to be a BSON value', () => {
  sameAsTheDriver(`pretenders_${process.pid}`, [{ _id: 1 }, { _id: 2, a: 1 }], cases);
});
