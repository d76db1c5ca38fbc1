import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection as DriverConnection } from '../../lib/driver';
import { settle, until, within } from '../support/bounds';
import type { ClientSession, Collection, MongoClient, MongoClientOptions } from '../support/motor';
import { answer, expectTwoAlone, pipelined, type User } from '../support/pipelined';
import { atRest, poolOf } from '../support/pool-counts';
import type { Reply } from '../support/simulator-reply';
import { useStage } from '../support/stage';

interface With {
  client: MongoClient;
  users: Collection<User>;
  session: ClientSession;
}

/** What must have a connection to itself, each as it is called. */
const alone: Record<string, (given: With) => PromiseLike<unknown>> = {
  'what has a signal': ({ users }) => users.find({}, { signal: new AbortController().signal }).toArray(),
  'a command of the user': ({ users }) => users.db.command({ find: 'users', filter: {} }),
  'a find that tails a capped collection': ({ users }) => users.find({}, { tailable: true }).next(),
  'a find that waits for data': ({ users }) => users.find({}, { tailable: true, awaitData: true }).next(),
  'a change stream': ({ users }) => users.watch().tryNext(),
  'a pipeline that is a change stream': ({ users }) => users.aggregate([{ $changeStream: {} }]).toArray(),
  'an unacknowledged insert': ({ users }) => users.insertOne({ _id: 1 }, { writeConcern: { w: 0 } }),
  'an unacknowledged update': ({ users }) =>
    users.updateOne({}, { $set: { a: 1 } }, { writeConcern: { w: 0 } }),
  'an unacknowledged findOneAndDelete': ({ users }) => users.findOneAndDelete({}, { writeConcern: { w: 0 } }),
  'an unacknowledged bulk write': ({ users }) =>
    users.bulkWrite([{ deleteOne: { filter: {} } }], { writeConcern: { w: 0 } }),
  'a read in a transaction': ({ users, session }) => {
    session.startTransaction();
    return users.findOne({}, { session });
  },
  'a write in a transaction': ({ users, session }) => {
    session.startTransaction();
    return users.insertOne({ _id: 1 }, { session });
  },
  'the making of an index': ({ users }) => users.createIndex({ a: 1 }),
  'the list of collections': ({ client }) => client.db('shop').listCollections().toArray()
};

const OTHERS = ['createIndexes', 'listCollections', 'abortTransaction'];

const SETS: Record<string, MongoClientOptions> = {
  'a socket time-out': { socketTimeoutMS: 10_000 },
  compression: { compressors: ['zlib'] }
};

describe('what pipelining leaves alone', () => {
  const stage = useStage();

  for (const [what, call] of Object.entries(alone)) {
    it(`has a connection to itself, in its turn: ${what}`, async () => {
      const shape = { replicaSet: 'sim' };
      const { simulator, client, users, held, release } = await pipelined(stage, 1, {}, shape);
      for (const name of OTHERS) simulator.on(name, (_command, reply) => void held.push(reply));
      const session = client.startSession();
      stage.after(() => session.endSession());
      const before = [users.findOne({}), users.findOne({})];
      const exclusive = settle(call({ client, users, session }));
      await until('it waits', () => poolOf(client).waitQueueSize === 1);
      const after = [users.findOne({}), users.findOne({})];
      await until('those before it have arrived', () => held.length === 2);
      await sleep(20);
      expect(held.length, 'written behind others').to.equal(2);
      expect(poolOf(client).waitQueueSize).to.equal(3);
      for (const reply of held.splice(0)) answer(reply);
      await Promise.all(before);
      await until('it has arrived', () => simulator.applications[0]!.requests.length > 3);
      await sleep(20);
      if (!what.startsWith('an unacknowledged')) expect(held.length, 'written behind it').to.equal(1);
      for (const name of OTHERS) simulator.on(name, () => ({}));
      release();
      await within(3000, 'those after it', Promise.all(after));
      await session.abortTransaction().catch(() => undefined);
      await within(3000, 'it', exclusive);
      await until('the pool is at rest', () => atRest(client));
      expect(simulator.applications.length).to.equal(1);
    });
  }

  for (const [what, options] of Object.entries(SETS)) {
    it(`is all that a client does with ${what}`, async () => {
      const { users, held } = await pipelined(stage, 2, options);
      await expectTwoAlone(users, held);
    });
  }

  it("is all that goes over connections of the driver's own class, as those are that encrypt", async () => {
    const simulator = await stage.simulator();
    const held: Reply[] = [];
    simulator.on('find', (_command, reply) => void held.push(reply));
    const client = stage.client(simulator.uri({ maxPoolSize: 2 }), { pipelining: 8 });
    Reflect.set(client.options, 'connectionType', DriverConnection);
    const users = client.db('shop').collection<User>('users');
    await expectTwoAlone(users, held);
  });
});
