import { expect } from 'chai';
import * as driver from 'mongodb';
import type { Document } from 'mongodb';
import * as motor from '../../lib';
import { settle } from '../support/bounds';
import { sameAsTheDriver, type Case, type Subject } from '../support/parity';
import { reads, type Make } from './reads';

const SEED = Array.from({ length: 10 }, (_, _id) => ({ _id }));

interface Kind {
  make: Make;
  /** What has to be there to be listed. */
  prepare?: (subject: Subject) => Promise<unknown>;
}

const kinds: Record<string, Kind> = {
  listCollections: {
    make: ({ db }) => db.listCollections({}, { nameOnly: true, batchSize: 3 }),
    prepare: async ({ db }) => {
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await db.createCollection(name);
    }
  },
  listIndexes: {
    make: ({ users }) => users.listIndexes({ batchSize: 3 }),
    prepare: ({ users }) => users.createIndexes([...'abcdefg'].map(field => ({ key: { [field]: 1 } })))
  },
  runCursorCommand: {
    make: ({ db }) => db.runCursorCommand({ find: 'users', sort: { _id: 1 }, batchSize: 3 }).setBatchSize(3)
  }
};

const names = (documents: unknown): string[] =>
  (documents as { name: string }[]).map(({ name }) => name).sort();

const others: Record<string, Case> = {
  'listCollections, all of them': async ({ db, call }) => names(await call(db.listCollections(), 'toArray')),
  'listCollections with a filter': async ({ db, call }) => {
    await db.createCollection('log', { capped: true, size: 4096 });
    const [{ name, type, options }] = (await call(
      db.listCollections({ name: 'log' }, { nameOnly: false }),
      'toArray'
    )) as [Document];
    return { name, type, options };
  },
  'listCollections whose options a reader changes': ({ db, call }) =>
    call(db.listCollections({}, { nameOnly: true }).batchSize(1).withReadPreference('primary'), 'next'),
  'listCollections by a filter that is none': ({ db, call }) =>
    call(db.listCollections(5 as unknown as Document), 'next'),
  'listCollections with raw documents': ({ db, call }) =>
    call(db.listCollections({}, { nameOnly: true, raw: true }), 'toArray'),
  'listIndexes of no collection': ({ db, call }) => call(db.collection('nobody').listIndexes(), 'toArray'),
  'listIndexes that is never read': ({ users, call }) => call(users.listIndexes(), 'close'),
  'listSearchIndexes, which needs Atlas': ({ users, call }) => call(users.listSearchIndexes(), 'toArray'),
  'listSearchIndexes of one': ({ users, call }) =>
    call(users.listSearchIndexes('one', { batchSize: 2 }), 'next'),
  'runCursorCommand without a cursor': ({ db, call }) => call(db.runCursorCommand({ ping: 1 }), 'toArray'),
  'runCursorCommand that fails': ({ db, call }) => call(db.runCursorCommand({ nope: 1 }), 'next'),
  'runCursorCommand and what it does not support': async ({ db }) => {
    const cursor = db.runCursorCommand({ find: 'users' });
    const refused = [
      () => cursor.clone(),
      () => cursor.batchSize(1),
      () => cursor.maxTimeMS(1),
      () => cursor.withReadConcern('local'),
      () => cursor.addCursorFlag('tailable', true)
    ];
    return Promise.all(refused.map(async refusal => settle((async () => refusal())())));
  },
  'runCursorCommand of an aggregation': ({ db, call }) =>
    call(
      db.runCursorCommand({ aggregate: 'users', pipeline: [{ $match: { _id: { $lt: 3 } } }], cursor: {} }),
      'toArray'
    ),
  'runCursorCommand in another read preference': ({ db, call }) =>
    call(db.runCursorCommand({ find: 'users' }, { readPreference: 'primaryPreferred' }), 'next'),
  'runCursorCommand in a session': async ({ client, db, call }) => {
    const session = client.startSession();
    const all = await call(db.runCursorCommand({ find: 'users', batchSize: 2 }, { session }), 'toArray');
    const { hasEnded } = session;
    await session.endSession();
    return [all, hasEnded];
  }
};

describe('a cursor that lists', () => {
  for (const [kind, { make, prepare }] of Object.entries(kinds)) {
    const prepared =
      (read: Case): Case =>
      async subject => {
        await prepare?.(subject);
        return read(subject);
      };
    const cases = Object.entries(reads).map(
      ([name, read]) => [`${name} (${kind})`, prepared(read(make))] as const
    );
    sameAsTheDriver('motor_listing', SEED, Object.fromEntries(cases));
  }
  sameAsTheDriver('motor_listing', SEED, others);

  it('is of our class and of the driver’s, as its clone is', () => {
    const db = new motor.MongoClient('mongodb://localhost').db('shop');
    const users = db.collection('users');
    const made = {
      ListCollectionsCursor: db.listCollections(),
      ListIndexesCursor: users.listIndexes(),
      AggregationCursor: users.listSearchIndexes(),
      AbstractCursor: db.runCursorCommand({ find: 'users' })
    };
    for (const [name, cursor] of Object.entries(made)) {
      expect(cursor, name).to.be.instanceOf(Object(driver)[name]);
      expect(cursor.nextBatch, name).to.be.a('function');
    }
    for (const cursor of [db.listCollections(), users.listIndexes()]) {
      expect(cursor.clone()).to.be.instanceOf(cursor.constructor).and.not.equal(cursor);
    }
    expect(db.listCollections()).to.be.instanceOf(motor.ListCollectionsCursor);
    expect(users.listIndexes()).to.be.instanceOf(motor.ListIndexesCursor);
    expect(users.listSearchIndexes()).to.be.instanceOf(motor.ListSearchIndexesCursor);
    expect(db.runCursorCommand({})).to.be.instanceOf(motor.RunCommandCursor);
    expect(new motor.ListCollectionsCursor(db, {})).to.be.instanceOf(driver.ListCollectionsCursor);
    expect(new motor.ListIndexesCursor(users)).to.be.instanceOf(driver.ListIndexesCursor);
  });
});
