import type { Collection } from 'mongodb';
import { settle } from '../support/bounds';
import { sameAsTheDriver, type Case } from '../support/parity';

const SEED = [{ _id: 1 }, { _id: 2 }];

const names = (collections: unknown): string[] =>
  (collections as Collection[]).map(({ collectionName }) => collectionName).sort();

const methods: Record<string, Case> = {
  command: ({ db, call }) => call(db, 'command', { ping: 1 }),
  'command that fails': ({ db, call }) => call(db, 'command', { nope: 1 }),
  'command that is no document': ({ db, call }) => call(db, 'command', undefined, {}),
  'command with BSON options': ({ db, call }) =>
    call(db, 'command', { count: 'users' }, { promoteValues: false, readPreference: 'primary' }),
  'command that reads': ({ db, call }) => call(db, 'command', { find: 'users', sort: { _id: 1 } }),
  'command leaves its document as it was': async ({ db, call }) => {
    const command = { ping: 1 };
    await call(db, 'command', command);
    return command;
  },
  createCollection: async ({ db, call }) => {
    const made = (await call(db, 'createCollection', 'people')) as Collection;
    return [made, await call(made, 'insertOne', { _id: 1 }), names(await call(db, 'collections'))];
  },
  'createCollection with options': async ({ db, call }) => {
    const made = await call(db, 'createCollection', 'people', { capped: true, size: 4096 });
    return [await call(made as Collection, 'isCapped'), await call(made as Collection, 'options')];
  },
  'createCollection of one that is there': ({ db, call }) =>
    call(db, 'createCollection', 'users', { capped: true, size: 4096 }),
  collections: async ({ db, call }) => names(await call(db, 'collections')),
  'collections with options': async ({ db, call }) =>
    names(await call(db, 'collections', { nameOnly: true })),
  listCollections: async ({ db }) => {
    const listed = await db.listCollections({}, { nameOnly: true }).toArray();
    return listed.map(({ name }) => name);
  },
  dropCollection: ({ db, call }) => call(db, 'dropCollection', 'users'),
  'dropCollection of none': ({ db, call }) => call(db, 'dropCollection', 'nobody'),
  dropDatabase: ({ db, call }) => call(db, 'dropDatabase'),
  renameCollection: async ({ db, call }) => {
    const renamed = (await call(db, 'renameCollection', 'users', 'people')) as Collection;
    return [renamed, await call(renamed, 'countDocuments')];
  },
  createIndex: async ({ db, call }) => [
    await call(db, 'createIndex', 'users', { a: 1 }, { name: 'by_a' }),
    await call(db, 'indexInformation', 'users')
  ],
  'createIndex that cannot be': ({ db, call }) => call(db, 'createIndex', 'users', { a: 'nope' }),
  'indexInformation in full': ({ db, call }) => call(db, 'indexInformation', 'users', { full: true }),
  'indexInformation of no collection': ({ db, call }) => call(db, 'indexInformation', 'nobody'),
  'dropCollection with options': ({ db, call }) =>
    call(db, 'dropCollection', 'users', { writeConcern: { w: 1 } }),
  'dropCollection in a read preference that cannot write': ({ db, call }) =>
    call(db, 'dropCollection', 'users', { readPreference: 'secondary' }),
  'renameCollection to a name that is taken': async ({ db, call }) => {
    await call(db, 'createCollection', 'people');
    return [
      await settle(call(db, 'renameCollection', 'users', 'people')),
      await call(db, 'renameCollection', 'users', 'people', { dropTarget: true })
    ];
  },
  'renameCollection of none': ({ db, call }) => call(db, 'renameCollection', 'nobody', 'people'),
  'renameCollection to no name': ({ db, call }) => call(db, 'renameCollection', 'users', ''),
  'stats with options': async ({ db, call }) =>
    Object.keys((await call(db, 'stats', { scale: 1024 })) as object).sort(),
  'setProfilingLevel to each level': async ({ db, call }) => {
    const seen: unknown[] = [];
    for (const level of ['all', 'slow_only', 'off']) {
      seen.push(await settle(call(db, 'setProfilingLevel', level)), await call(db, 'profilingLevel'));
    }
    return seen;
  },
  'removeUser of nobody': ({ db, call }) => call(db, 'removeUser', 'nobody'),
  profilingLevel: ({ db, call }) => call(db, 'profilingLevel'),
  'setProfilingLevel to no level': ({ db, call }) => call(db, 'setProfilingLevel', 'nope'),
  'stats, the fields of them': async ({ db, call }) =>
    Object.keys((await call(db, 'stats')) as object).sort(),
  'aggregate without a collection': ({ db, call }) =>
    call(db.aggregate([{ $documents: [{ a: 1 }, { a: 2 }] }]), 'toArray')
};

describe("a database's method", () => sameAsTheDriver('motor_db', SEED, methods));
