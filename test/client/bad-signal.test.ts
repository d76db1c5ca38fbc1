import { expect } from 'chai';
import { MongoInvalidArgumentError } from 'mongodb';
import { failure } from '../support/bounds';
import type { Collection, Db, MongoClient } from '../support/motor';
import { useStage } from '../support/stage';

interface Given {
  client: MongoClient;
  db: Db;
  users: Collection;
  options: object;
}

const calls: Record<string, (given: Given) => PromiseLike<unknown>> = {
  command: ({ db, options }) => db.command({ ping: 1 }, options),
  'an administrator’s command': ({ db, options }) => db.admin().command({ ping: 1 }, options),
  findOne: ({ users, options }) => users.findOne({}, options),
  countDocuments: ({ users, options }) => users.countDocuments({}, options),
  distinct: ({ users, options }) => users.distinct('a', {}, options),
  insertOne: ({ users, options }) => users.insertOne({}, options),
  insertMany: ({ users, options }) => users.insertMany([{}, {}], options),
  updateOne: ({ users, options }) => users.updateOne({}, { $set: { a: 1 } }, options),
  'a client’s bulkWrite': ({ client, options }) =>
    client.bulkWrite([{ name: 'insertOne', namespace: 'shop.users', document: {} }], options),
  find: ({ users, options }) => users.find({}, options).toArray(),
  aggregate: ({ users, options }) => users.aggregate([], options).toArray(),
  'a database’s aggregate': ({ db, options }) => db.aggregate([], options).toArray(),
  listCollections: ({ db, options }) => db.listCollections({}, options).toArray()
};

const signals: Record<string, unknown> = {
  'a number': 5,
  zero: 0,
  'an empty text': '',
  'an empty object': {},
  'a controller': new AbortController(),
  'half a signal': { throwIfAborted: () => {}, addEventListener: () => {} }
};

const INSERTED = { nErrors: 0, nInserted: 1, nUpserted: 0, nMatched: 0, nModified: 0, nDeleted: 0 };

/** An error thrown by a call, or told by what it returns. */
const errorOf = (call: () => PromiseLike<unknown>): Promise<Error> => failure((async () => await call())());

describe('a signal that is none', () => {
  const stage = useStage();

  for (const [name, call] of Object.entries(calls)) {
    it(`${name} refuses before it connects`, async () => {
      const simulator = await stage.simulator();
      const client = stage.client(simulator.uri());
      const db = client.db('shop');
      const given = { client, db, users: db.collection('users') };
      for (const [kind, signal] of Object.entries(signals)) {
        const error = await errorOf(() => call({ ...given, options: { signal } }));
        expect(error, kind).to.be.instanceOf(MongoInvalidArgumentError);
        expect(error.message, kind).to.equal('Option "signal" must be an AbortSignal');
      }
      expect(simulator.connections).to.deep.equal([]);
    });

    it(`${name} takes none at all, and what only looks like one`, async () => {
      const simulator = await stage.simulator();
      simulator
        .on('distinct', () => ({ values: [] }))
        .on('listCollections', (_, reply) => reply.cursor([]))
        .on('bulkWrite', (_, reply) => ({ ...reply.cursor([]), ...INSERTED }));
      const client = stage.client(simulator.uri());
      const db = client.db('shop');
      const given = { client, db, users: db.collection('users') };
      const like = { aborted: false, throwIfAborted() {}, addEventListener() {}, removeEventListener() {} };
      for (const signal of [undefined, null, like]) await call({ ...given, options: { signal } });
    });
  }
});
