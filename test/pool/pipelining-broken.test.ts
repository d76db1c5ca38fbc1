import { expect } from 'chai';
import { MongoError, MongoNetworkError } from 'mongodb';
import { type Outcome, settle, until, within } from '../support/bounds';
import { answer, pipelined, type Pipelined } from '../support/pipelined';
import { atRest, poolOf } from '../support/pool-counts';
import type { Reply } from '../support/simulator-reply';
import { useStage } from '../support/stage';

/** How a connection with requests under way comes to its end, by the first of them. */
const ends: Record<string, (reply: Reply) => void> = {
  'a reset': reply => reply.connection.reset(),
  'the end of the stream': reply => reply.connection.end(),
  'half a reply, and the end': reply => {
    reply.connection.write(reply.frame({}).subarray(0, 30));
    reply.connection.end();
  },
  'a malformed length': reply => reply.connection.write(Buffer.alloc(16, 0xff)),
  'a malformed reply': reply => reply.connection.write(reply.frame({}, { opCode: 1234 })),
  'a malformed document': reply => {
    const bytes = reply.frame({ cursor: 1 });
    bytes.fill(0xff, 21, 25);
    reply.connection.write(bytes);
  },
  'a reply to a request that nobody made': reply => reply.send({}, { responseTo: 123_456 }),
  'a second reply to the same request': reply => {
    reply.connection.write(Buffer.concat([answered(reply), answered(reply)]));
  }
};

const answered = (reply: Reply): Buffer => reply.frame(reply.cursor([{ _id: 0 }]));

const networkEnds = ['a reset', 'the end of the stream', 'half a reply, and the end'];

describe('a connection that breaks under pipelined operations', () => {
  const stage = useStage();

  /** So many operations on one connection, once they have all arrived. */
  async function underWay(calls: (given: Pipelined) => PromiseLike<unknown>[]) {
    const given = await pipelined(stage, 1, {}, { replicaSet: 'sim' });
    const outcomes = calls(given).map(call => settle(call));
    const count = outcomes.length;
    await until('all have arrived', () => given.held.length === count);
    const [first] = given.held;
    /** From now on everything is answered, but what was held never is. */
    const heal = (): Reply[] => {
      const lost = given.held.splice(0);
      given.release();
      return lost;
    };
    const all = (): Promise<Outcome<unknown>[]> => within(5000, 'all outcomes', Promise.all(outcomes));
    return { ...given, first: first!, heal, all };
  }

  for (const [what, end] of Object.entries(ends)) {
    it(`fails or tries again each by its own rules, once: ${what}`, async () => {
      const { simulator, client, first, heal, all } = await underWay(({ users }) => [
        ...Array.from({ length: 4 }, (_, _id) => users.findOne({ _id })),
        users.updateMany({}, { $set: { a: 1 } }),
        users.insertOne({ _id: 5 }),
        users.deleteMany({}),
        users.countDocuments({})
      ]);
      heal();
      end(first);
      const outcomes = await all();
      const network = networkEnds.includes(what);
      const names = outcomes.map(({ error }) => error?.name);
      const { name } = outcomes[4]!.error!;
      if (network) {
        const none = undefined;
        expect(names).to.deep.equal([none, none, none, none, name, none, name, none]);
        expect(outcomes.slice(0, 4).map(({ value }) => value)).to.deep.equal(
          [0, 1, 2, 3].map(_id => ({ _id }))
        );
        expect(outcomes[7]!.value).to.equal(1);
      } else {
        const answeredFirst = what.startsWith('a second');
        expect(name).to.equal('MongoParseError');
        expect(names).to.deep.equal([answeredFirst ? undefined : name, ...Array<string>(7).fill(name)]);
      }
      for (const { error } of outcomes) if (error) expect(error).to.be.instanceOf(MongoError);
      expect(simulator.commands('update').length, 'an update of many is never tried again').to.equal(1);
      await until('the pool is at rest', () => atRest(client));
      await until('its socket is closed', () => first.connection.closed);
      expect(poolOf(client).totalConnectionCount).to.equal(simulator.openApplications.length);
    });
  }

  it('gives each operation an error of its own, with its namespace and its stack', async () => {
    const { first, heal, all } = await underWay(({ client }) =>
      ['users', 'orders', 'items'].map(name => {
        const collection = client.db('shop').collection(name);
        return name === 'orders' ? collection.deleteMany({}) : collection.updateMany({}, { $set: { a: 1 } });
      })
    );
    heal();
    first.connection.reset();
    const errors = (await all()).map(
      ({ error }) => error as MongoError & { namespace: string; commandName: string }
    );
    expect(errors.map(({ namespace }) => namespace)).to.deep.equal([
      'shop.users',
      'shop.orders',
      'shop.items'
    ]);
    expect(errors.map(({ commandName }) => commandName)).to.deep.equal(['update', 'delete', 'update']);
    expect(new Set(errors).size).to.equal(3);
    for (const error of errors) {
      expect(error).to.be.instanceOf(MongoNetworkError);
      expect(error.cause).to.have.property('code', 'ECONNRESET');
      expect(error.message).to.equal('read ECONNRESET');
      expect(error.stack).to.match(/^MongoNetworkError: read ECONNRESET\n/);
      expect(error.errorLabels).to.include('RetryableWriteError');
    }
    errors[0]!.addErrorLabel('mine');
    expect(errors[1]!.hasErrorLabel('mine')).to.equal(false);
  });

  it('has each retryable write tried again in its session, with its number', async () => {
    const { simulator, users, first, heal, all } = await underWay(({ users }) => [
      users.insertOne({ _id: 1 }),
      users.updateOne({ a: 1 }, { $set: { b: 1 } }),
      users.deleteOne({ a: 1 }),
      users.findOneAndDelete({ a: 1 })
    ]);
    heal();
    first.connection.reset();
    expect((await all()).map(({ error }) => error)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined
    ]);
    const lost = new Set<unknown>();
    for (const name of ['insert', 'update', 'delete', 'findAndModify']) {
      const [before, again, ...more] = simulator.commands(name);
      expect(more).to.deep.equal([]);
      expect(before!.command.txnNumber).to.equal(again!.command.txnNumber);
      expect(before!.lsid).to.equal(again!.lsid);
      lost.add(before!.lsid);
    }
    expect(lost.size, 'sessions').to.equal(4);
    await users.insertOne({ _id: 1 });
    expect(
      lost.has(simulator.commands('insert').at(-1)!.lsid),
      'a session of an unknown state is used'
    ).to.equal(false);
  });

  it('serves those who waited in the queue on another', async () => {
    const { simulator, client, first, users, heal, all } = await underWay(({ users }) =>
      Array.from({ length: 8 }, (_, _id) => users.findOne({ _id }))
    );
    const waiting = Array.from({ length: 20 }, (_, _id) => settle(users.findOne({ _id })));
    expect(poolOf(client).waitQueueSize).to.equal(20);
    heal();
    first.connection.reset();
    for (const [_id, { value }] of (await all()).entries()) expect(value).to.deep.equal({ _id });
    const outcomes = await within(5000, 'those who waited', Promise.all(waiting));
    for (const [_id, { value }] of outcomes.entries()) expect(value).to.deep.equal({ _id });
    expect(atRest(client)).to.equal(true);
    expect(simulator.openApplications.length).to.equal(1);
  });

  it('leaves those on other connections alone', async () => {
    const { users, held, release } = await pipelined(stage, 2, { retryReads: false }, { replicaSet: 'sim' });
    const calls = Array.from({ length: 8 }, (_, _id) => settle(users.findOne({ _id })));
    await until('all have arrived', () => held.length === 8);
    const broken = held[0]!.connection;
    broken.reset();
    const others = held.filter(({ connection }) => connection !== broken);
    const ids = others.map(({ request }) => Number(request.command.filter._id));
    held.length = 0;
    release();
    await until('the reset has been heard of', () => broken.closed);
    for (const reply of others) answer(reply);
    for (const [_id, { value, error }] of (await within(3000, 'all', Promise.all(calls))).entries()) {
      if (ids.includes(_id)) expect(value).to.deep.equal({ _id });
      else expect(error).to.be.instanceOf(MongoNetworkError);
    }
    expect(ids.length).to.equal(4);
  });

  it('leaves the others alone when the server refuses one', async () => {
    const { client, simulator, held, all } = await underWay(({ users }) =>
      Array.from({ length: 5 }, (_, _id) => users.findOne({ _id }))
    );
    for (const [index, reply] of held.entries()) {
      if (index === 2) reply.fail(2, 'BadValue', 'no such thing');
      else answer(reply);
    }
    const outcomes = await all();
    expect(outcomes.map(({ error }) => error?.message)).to.deep.equal([
      undefined,
      undefined,
      'no such thing',
      undefined,
      undefined
    ]);
    expect(atRest(client)).to.equal(true);
    expect(simulator.applications.length).to.equal(1);
  });
});
