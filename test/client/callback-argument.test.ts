import { expect } from 'chai';
import type { Document } from 'mongodb';
import { within } from '../support/bounds';
import type { Collection, Db, MongoClient } from '../support/motor';
import { useStage } from '../support/stage';

interface Given {
  client: MongoClient;
  db: Db;
  users: Collection<Document>;
}

/** Calls with all their parameters, and one argument more: the callback. */
const calls: Record<string, (given: Given, callback: unknown) => unknown> = {
  findOne: ({ users }, callback) => Reflect.apply(users.findOne, users, [{}, {}, callback]),
  insertOne: ({ users }, callback) => Reflect.apply(users.insertOne, users, [{}, {}, callback]),
  insertMany: ({ users }, callback) => Reflect.apply(users.insertMany, users, [[{}], {}, callback]),
  updateOne: ({ users }, callback) =>
    Reflect.apply(users.updateOne, users, [{}, { $set: { a: 1 } }, {}, callback]),
  deleteMany: ({ users }, callback) => Reflect.apply(users.deleteMany, users, [{}, {}, callback]),
  countDocuments: ({ users }, callback) => Reflect.apply(users.countDocuments, users, [{}, {}, callback]),
  distinct: ({ users }, callback) => Reflect.apply(users.distinct, users, ['a', {}, {}, callback]),
  drop: ({ users }, callback) => Reflect.apply(users.drop, users, [{}, callback]),
  command: ({ db }, callback) => Reflect.apply(db.command, db, [{ ping: 1 }, {}, callback]),
  connect: ({ client }, callback) => Reflect.apply(client.connect, client, [callback]),
  close: ({ client }, callback) => Reflect.apply(client.close, client, [false, callback]),
  'cursor.next': ({ users }, callback) => {
    const cursor = users.find({});
    return Reflect.apply(cursor.next, cursor, [callback]);
  },
  'cursor.toArray': ({ users }, callback) => {
    const cursor = users.find({});
    return Reflect.apply(cursor.toArray, cursor, [callback]);
  }
};

describe("an argument in the callback's place", () => {
  const stage = useStage();

  for (const [name, call] of Object.entries(calls)) {
    it(`is refused at once, before any work, unless it is a function or undefined: ${name}`, async () => {
      const simulator = await stage.simulator();
      simulator.on('distinct', () => ({ values: [] })).on('drop', () => ({}));
      const client = stage.client(simulator.uri());
      await client.connect();
      const given = { client, db: client.db('shop'), users: client.db('shop').collection('users') };
      const before = simulator.commands().length;
      for (const wrong of ['nope', 5, null, true, {}, []]) {
        expect(() => call(given, wrong), JSON.stringify(wrong)).to.throw(TypeError, /callback/);
      }
      await new Promise(setImmediate);
      expect(simulator.commands().length, 'commands sent').to.equal(before);
      await within(4000, 'the call without one', Promise.resolve(call(given, undefined)));
      const called = new Promise<unknown[]>(resolve => {
        const returned = call(given, (...results: unknown[]) => resolve(results));
        expect(returned, 'a call with a callback returns nothing').to.equal(undefined);
      });
      const [error] = await within(4000, 'the callback', called);
      expect(error).to.equal(undefined);
    });
  }
});
