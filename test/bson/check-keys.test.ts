import { sameAsTheDriver } from '../support/parity';

const checkKeys = true;

describe('keys that a server would not take', () => {
  sameAsTheDriver(`keys_checked_${process.pid}`, [{ _id: 1 }], {
    'are refused in insertOne, when asked': ({ users, call }) =>
      call(users, 'insertOne', { _id: 2, 'a.b': 1 }, { checkKeys }),
    'are not, when not': ({ users, call }) =>
      call(users, 'insertOne', { _id: 2, 'a.b': 1 }, { checkKeys: false }),
    'are not without options': ({ users, call }) => call(users, 'insertOne', { _id: 2, 'a.b': 1 }),
    'are refused in a filter, when asked': ({ users, call }) =>
      call(users.find({ a: { $gt: 1 } }, { checkKeys }), 'toArray'),
    'are refused in findOne, when asked': ({ users, call }) =>
      call(users, 'findOne', { 'a.b': 1 }, { checkKeys }),
    'are refused in an aggregation, when asked': ({ users, call }) =>
      call(users.aggregate([{ $match: {} }], { checkKeys }), 'toArray'),
    'are refused by a client that was made so': ({ client, db, call }) =>
      call(client.db(db.databaseName, { checkKeys } as object).collection('users'), 'insertOne', {
        'a.b': 1,
        _id: 2
      })
  });
});
