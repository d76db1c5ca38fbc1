import { expect } from 'chai';
import type { Collection, MongoClient } from '../../lib';
import { settle, until } from '../support/bounds';
import { activeSessions, pooledSessions, restPooledSession } from '../support/inside';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

describe('an implicit session', () => {
  const stage = useStage();
  let simulator: Simulator;
  let client: MongoClient;
  let users: Collection;

  async function setUp(options = {}): Promise<void> {
    simulator = await stage.simulator({ replicaSet: 'sim' });
    client = stage.client(simulator.uri(options));
    await client.connect();
    users = client.db('shop').collection('users');
  }

  const lsids = (name: string): (string | undefined)[] => simulator.commands(name).map(({ lsid }) => lsid);

  it('is one of at most as many as there are connections', async () => {
    await setUp({ maxPoolSize: 3 });
    simulator.on('find', (_command, reply) => void reply.later(3, reply.cursor([])));
    await Promise.all(Array.from({ length: 60 }, () => users.findOne({})));
    const ids = lsids('find');
    expect(ids).to.have.length(60);
    expect(ids).not.to.include(undefined);
    expect(new Set(ids).size).to.be.within(1, 3);
    expect(activeSessions(client)).to.equal(0);
    expect(pooledSessions(client)).to.have.members([...new Set(ids)]);
  });

  it('is never that of two operations at once', async () => {
    await setUp({ maxPoolSize: 5 });
    const busy = new Set<string>();
    simulator.on('find', async (command, reply) => {
      const id: string = command.lsid.id.toString('hex');
      expect(busy, 'used twice at once').not.to.include(id);
      busy.add(id);
      await new Promise(resolve => setTimeout(resolve, 2));
      busy.delete(id);
      reply.send(reply.cursor([]));
    });
    const calls = await Promise.all(Array.from({ length: 50 }, () => settle(users.findOne({}))));
    expect(calls.filter(({ error }) => error)).to.deep.equal([]);
  });

  it('is used again by the next operation, whatever that is', async () => {
    await setUp();
    await users.findOne({});
    await users.insertOne({ a: 1 });
    await users.find({}).toArray();
    await users.insertMany([{ a: 1 }]);
    await client.db('shop').command({ ping: 1 });
    const ids = ['find', 'insert', 'ping'].flatMap(lsids);
    expect(ids).to.have.length(5);
    expect(new Set(ids).size).to.equal(1);
  });

  it('that was given back last is used first', async () => {
    await setUp();
    const held: (() => void)[] = [];
    simulator.on('find', (_command, reply) => void held.push(() => reply.send(reply.cursor([]))));
    const calls = [users.findOne({}), users.findOne({}), users.findOne({})];
    await until('all have arrived', () => held.length === 3);
    const ids = lsids('find');
    for (const i of [1, 2, 0]) {
      held[i]!();
      await calls[i];
    }
    expect(pooledSessions(client)).to.deep.equal([ids[0], ids[2], ids[1]]);
    await client.db('shop').command({ ping: 1 });
    expect(lsids('ping')).to.deep.equal([ids[0]]);
  });

  it('is not used again once it has timed out on the server, and is until then', async () => {
    await setUp();
    await users.findOne({});
    for (const minutes of [0.5, 5, 40]) {
      restPooledSession(client, minutes);
      await users.findOne({});
    }
    const [first, ...others] = lsids('find');
    expect(others.slice(0, 2)).to.deep.equal([first, first]);
    expect(others[2]).not.to.equal(first);
  });

  it('is given back after an error of the server, and by a failed cursor', async () => {
    await setUp();
    simulator.on('find', (_command, reply) => reply.fail(2, 'BadValue'));
    await settle(users.findOne({}));
    await settle(users.find({}).toArray());
    expect(new Set(lsids('find')).size).to.equal(1);
    expect(pooledSessions(client)).to.have.length(1);
    expect(activeSessions(client)).to.equal(0);
  });

  it('is dropped after a network error, since nobody knows what the server made of it', async () => {
    await setUp({ retryReads: false, retryWrites: false });
    for (const name of ['find', 'insert']) {
      simulator.once(name, (_command, _reply, connection) => connection.reset());
    }
    await settle(users.findOne({}));
    expect(pooledSessions(client)).to.deep.equal([]);
    await settle(users.insertOne({ a: 1 }));
    expect(pooledSessions(client)).to.deep.equal([]);
    await users.findOne({});
    const ids = [...lsids('find'), ...lsids('insert')];
    expect(new Set(ids).size).to.equal(3);
    expect(pooledSessions(client)).to.deep.equal([lsids('find')[1]]);
  });

  it('is the same in a retry, and dropped then', async () => {
    await setUp();
    simulator.once('insert', (_command, _reply, connection) => connection.reset());
    await users.insertOne({ a: 1 });
    const [first, second, ...others] = simulator.commands('insert');
    expect(others).to.deep.equal([]);
    expect(second?.lsid).to.equal(first?.lsid);
    expect(second?.command.txnNumber).to.deep.equal(first?.command.txnNumber);
    expect(pooledSessions(client)).to.deep.equal([]);
  });

  it('counts its retryable writes', async () => {
    await setUp();
    for (let i = 0; i < 3; i++) await users.insertOne({ a: i });
    const numbers = simulator.commands('insert').map(({ command }) => Number(command.txnNumber));
    expect(numbers).to.deep.equal([1, 2, 3]);
  });

  it('is not sent with a write that is not acknowledged', async () => {
    await setUp();
    await users.insertOne({ a: 1 }, { writeConcern: { w: 0 } });
    await until('it has arrived', () => lsids('insert').length === 1);
    expect(lsids('insert')).to.deep.equal([undefined]);
  });

  it('is not sent to a server that knows none', async () => {
    simulator = await stage.simulator({ hello: { logicalSessionTimeoutMinutes: undefined } });
    simulator.hello.shape.hello = { logicalSessionTimeoutMinutes: null };
    client = stage.client(simulator.uri());
    await client.db('shop').collection('users').findOne({});
    expect(lsids('find')).to.deep.equal([undefined]);
  });

  it('is ended on the server when the client closes', async () => {
    await setUp();
    const three = until('three are under way', () => simulator.commands('find').length === 3);
    simulator.on('find', (_command, reply) => void three.then(() => reply.send(reply.cursor([]))));
    await Promise.all([users.findOne({}), users.findOne({}), users.findOne({})]);
    const pooled = pooledSessions(client);
    await client.close();
    await until('the server is told', () => simulator.commands('endSessions').length > 0);
    const [end] = simulator.commands('endSessions');
    const ended = end?.command.endSessions.map(({ id }: { id: { toString(how: string): string } }) =>
      id.toString('hex')
    );
    expect(ended).to.have.members(pooled);
    expect(pooled).to.have.length(3);
  });
});
