import { sameAsTheDriver, type Case } from '../support/parity';

const SEED = [
  { _id: 1, name: 'Ada', age: 36 },
  { _id: 2, name: 'Ada', age: 85 }
];

/** The indexes that there are when a call has ended, and its result. */
const then =
  (run: Case): Case =>
  async subject => [await run(subject), await subject.call(subject.users, 'indexes')];

const indexes: Record<string, Case> = {
  createIndex: then(({ users, call }) => call(users, 'createIndex', { age: 1 })),
  'createIndex by name': then(({ users, call }) => call(users, 'createIndex', 'age')),
  'createIndex of several fields': then(({ users, call }) =>
    call(users, 'createIndex', [['age', -1], 'name'])
  ),
  'createIndex with options': then(({ users, call }) =>
    call(users, 'createIndex', { age: 1 }, { unique: true, name: 'by_age', expireAfterSeconds: 60 })
  ),
  'createIndex with options apart': then(({ users, call }) =>
    call(users, 'createIndex', { age: 1 }, { name: 'by_age', sparse: true }, { maxTimeMS: 1000 })
  ),
  'createIndex that cannot be unique': ({ users, call }) =>
    call(users, 'createIndex', { name: 1 }, { unique: true }),
  'createIndex with an option that is unknown': then(({ users, call }) =>
    call(users, 'createIndex', { age: 1 }, { nope: 1 })
  ),
  createIndexes: then(({ users, call }) =>
    call(users, 'createIndexes', [{ key: { age: 1 } }, { key: { name: 1 }, name: 'by_name' }])
  ),
  dropIndex: then(async ({ users, call }) => {
    await call(users, 'createIndex', { age: 1 });
    return call(users, 'dropIndex', 'age_1');
  }),
  'dropIndex of none': ({ users, call }) => call(users, 'dropIndex', 'nope'),
  dropIndexes: then(async ({ users, call }) => {
    await call(users, 'createIndex', { age: 1 });
    return call(users, 'dropIndexes');
  }),
  'dropIndexes of no collection': ({ db, call }) => call(db.collection('nobody'), 'dropIndexes'),
  indexExists: async ({ users, call }) => {
    await call(users, 'createIndex', { age: 1 });
    return [
      await call(users, 'indexExists', 'age_1'),
      await call(users, 'indexExists', ['age_1', '_id_']),
      await call(users, 'indexExists', ['age_1', 'nope'])
    ];
  },
  indexInformation: async ({ users, call }) => {
    await call(users, 'createIndex', { age: 1 });
    return [
      await call(users, 'indexInformation'),
      await call(users, 'indexInformation', { full: true }),
      await call(users, 'indexes', { full: false })
    ];
  },
  'indexes in all their forms': async ({ users, call }) => [
    await call(users, 'indexes'),
    await call(users, 'indexes', {}),
    await call(users, 'indexes', { full: true, batchSize: 1 }),
    await call(users, 'indexInformation', { full: false })
  ],
  'indexExists of no collection': ({ db, call }) => call(db.collection('nobody'), 'indexExists', 'age_1'),
  'indexExists of no index': ({ users, call }) => call(users, 'indexExists', []),
  'isCapped of no collection': ({ db, call }) => call(db.collection('nobody'), 'isCapped'),
  'isCapped and options of one that is': async ({ db, call }) => {
    const log = await db.createCollection('log', { capped: true, size: 4096 });
    return [await call(log, 'isCapped'), await call(log, 'options', { readPreference: 'primary' })];
  },
  'createSearchIndex, which needs Atlas': ({ users, call }) =>
    call(users, 'createSearchIndex', { definition: {} }),
  'dropSearchIndex, which needs Atlas': ({ users, call }) => call(users, 'dropSearchIndex', 'one'),
  'indexes of no collection': ({ db, call }) => call(db.collection('nobody'), 'indexes'),
  isCapped: ({ users, call }) => call(users, 'isCapped'),
  options: ({ users, call }) => call(users, 'options'),
  'options of no collection': ({ db, call }) => call(db.collection('nobody'), 'options'),
  rename: async ({ db, users, call }) => {
    const renamed = (await call(users, 'rename', 'people')) as typeof users;
    return [
      renamed,
      await call(renamed, 'countDocuments'),
      await call(db.collection('users'), 'countDocuments')
    ];
  },
  'rename to a name that is taken': async ({ db, users, call }) => {
    await call(db, 'createCollection', 'people');
    return call(users, 'rename', 'people');
  },
  'rename to a name that is taken, which is dropped': async ({ db, users, call }) => {
    await call(db, 'createCollection', 'people');
    return call(users, 'rename', 'people', { dropTarget: true });
  },
  'rename to no name': ({ users, call }) => call(users, 'rename', ''),
  drop: ({ users, call }) => call(users, 'drop'),
  'drop of no collection': ({ db, call }) => call(db.collection('nobody'), 'drop')
};

describe('a method about a collection and its indexes', () =>
  sameAsTheDriver('motor_indexes', SEED, indexes));
