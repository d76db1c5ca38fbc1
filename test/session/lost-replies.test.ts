import { expect } from 'chai';
import { type Collection, type Document, MongoClient, MongoNetworkError } from '../../lib';
import { failure, settle, until } from '../support/bounds';
import { activeSessions, pooledSessions } from '../support/inside';
import type { Proxy } from '../support/proxy';
import { sharedServer } from '../support/server';
import { reset } from '../support/simulator-script';
import { useStage } from '../support/stage';
import { type Call, styles } from '../support/styles';
import { bodies } from './bodies';

/** The next bytes from the server are lost, with the connection on which they were to come. */
async function loseNextReply(proxy: Proxy): Promise<void> {
  const { open } = proxy;
  proxy.weather.cutAfter = { direction: 'toClient', bytes: 0 };
  await until('a reply is lost', () => proxy.open < open);
  proxy.heal();
}

describe('a write whose reply is lost after the server has applied it', () => {
  const stage = useStage();
  let proxy: Proxy;
  let users: Collection<Document>;
  let direct: MongoClient;

  before(async function () {
    this.timeout(60_000);
    direct = new MongoClient((await sharedServer()).uri);
  });
  after(async () => {
    await direct.db('motor_lost').dropDatabase();
    await direct.close();
  });
  beforeEach(async () => {
    const [host] = direct.options.hosts;
    proxy = await stage.proxy({ host: host!.host, port: host!.port! });
    const uri = `mongodb://127.0.0.1:${proxy.port}/?directConnection=true&minHeartbeatFrequencyMS=20`;
    users = stage.client(uri).db('motor_lost').collection('users');
    await direct.db('motor_lost').collection('users').deleteMany({});
    await users.insertOne({ _id: 1 as never, n: 0 });
  });

  const writes: Record<string, (call: Call) => Promise<unknown>> = {
    insertOne: call => call(users, 'insertOne', { _id: 2, n: 1 }),
    insertMany: call => call(users, 'insertMany', [{ _id: 2, n: 1 }]),
    updateOne: call => call(users, 'updateOne', { _id: 1 }, { $inc: { n: 1 } }),
    findOneAndUpdate: call => call(users, 'findOneAndUpdate', { _id: 1 }, { $inc: { n: 1 } }),
    bulkWrite: call =>
      call(users, 'bulkWrite', [{ updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } }])
  };
  for (const [name, write] of Object.entries(writes)) {
    for (const [style, call] of Object.entries(styles)) {
      it(`is applied once, and succeeds: ${name}, in ${style} style`, async () => {
        const [{ error }] = await Promise.all([settle(write(call)), loseNextReply(proxy)]);
        expect(error).to.equal(undefined);
        const left = await direct.db('motor_lost').collection('users').find().toArray();
        expect(left.reduce((sum, { n }) => sum + n, 0)).to.equal(1);
      });
    }
  }

  it('is applied once when the write is in a transaction: the body runs again in a new one', async () => {
    const lost: Promise<void>[] = [];
    await users.db.client.withSession(session =>
      session.withTransaction(async session => {
        await users.findOne({ _id: 1 as never }, { session });
        if (lost.length === 0) lost.push(loseNextReply(proxy));
        await users.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }, { session });
      })
    );
    expect(lost).to.have.length(1);
    await lost[0];
    expect(await direct.db('motor_lost').collection('users').distinct('n')).to.deep.equal([1]);
  });
});

describe('a commit whose reply is lost', () => {
  const stage = useStage();

  async function setUp(options = {}) {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    const client = stage.client(simulator.uri(options));
    simulator.on('abortTransaction', () => ({}));
    simulator.on('commitTransaction', () => ({}));
    return { simulator, client, users: client.db('shop').collection('users') };
  }

  for (const [inner, make] of Object.entries(bodies)) {
    for (const [outer, call] of Object.entries(styles)) {
      it(`is asked for again, with majority, and the body is not run again: ${inner}, in ${outer} style`, async () => {
        const { simulator, client, users } = await setUp({ w: 1 });
        for (let i = 0; i < 4; i++) simulator.once('commitTransaction', reset);
        await call(client, 'withSession', (session: object) => call(session, 'withTransaction', make(users)));
        expect(simulator.commands('insert')).to.have.length(1);
        const commits = simulator.commands('commitTransaction').map(({ command, lsid }) => ({
          w: command.writeConcern?.w,
          id: [lsid, Number(command.txnNumber)]
        }));
        expect(commits.map(({ w }) => w)).to.deep.equal([1, ...Array(4).fill('majority')]);
        expect(new Set(commits.map(({ id }) => String(id))).size).to.equal(1);
        expect(activeSessions(client)).to.equal(0);
      });
    }
  }

  it('is not asked for again for ever: after 120 s its error is raised', async () => {
    const { simulator, client, users } = await setUp();
    const { now } = performance;
    stage.after(() => (performance.now = now));
    simulator.on('commitTransaction', (...asked) => {
      if (simulator.commands('commitTransaction').length >= 6)
        performance.now = () => now.call(performance) + 121_000;
      return reset(...asked);
    });
    const error = await failure(
      client.withSession(session =>
        session.withTransaction(() => users.insertOne({ name: 'Ada' }, { session }))
      )
    );
    expect(error).to.be.instanceOf(MongoNetworkError);
    expect((error as MongoNetworkError).hasErrorLabel('UnknownTransactionCommitResult')).to.equal(true);
    expect(simulator.commands('insert')).to.have.length(1);
    expect(simulator.commands('commitTransaction').length).to.be.within(6, 7);
  });

  it('leaves no session behind, however many transactions run and fail at once', async () => {
    const { simulator, client, users } = await setUp({ maxPoolSize: 3 });
    const styled = Object.values(bodies);
    const transactions = Array.from({ length: 40 }, (_, i) =>
      client.withSession(session =>
        session.withTransaction(
          styled[i % styled.length]!(
            users,
            i % 2 ? new Error('a fault') : undefined
          ) as () => Promise<unknown>
        )
      )
    );
    const failed = (await Promise.all(transactions.map(settle))).filter(({ error }) => error);
    expect(failed).to.have.length(20);
    expect(simulator.commands('abortTransaction')).to.have.length(20);
    expect(activeSessions(client)).to.equal(0);
    const pooled = pooledSessions(client);
    expect(new Set(pooled).size).to.equal(pooled.length);
    await users.insertOne({ name: 'Ada' });
    expect(pooledSessions(client), 'the sessions are used again').to.have.members(pooled);
  });
});
