import { expect } from 'chai';
import { failure, settle, until, within } from '../support/bounds';
import type { MongoClient } from '../support/motor';
import { atRest, poolOf } from '../support/pool-counts';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

describe('a check-out that is given up in the moment in which it gets its connection', () => {
  const stage = useStage();

  async function poolOfOne(options: Record<string, number> = {}): Promise<[Simulator, MongoClient]> {
    const simulator = await stage.simulator();
    simulator.on('find', (command, reply) =>
      reply.later(Number(command.filter.ms ?? 0), reply.cursor([{ _id: 1 }]))
    );
    const client = stage.client(simulator.uri({ maxPoolSize: 1, retryReads: false, ...options }));
    await client.connect();
    return [simulator, client];
  }

  async function stillWorks(client: MongoClient, size = 1): Promise<void> {
    await until('the pool is at rest', () => atRest(client));
    expect(poolOf(client).totalConnectionCount).to.be.at.most(size);
    const users = client.db('shop').collection('users');
    const next = Array.from({ length: size + 1 }, () => users.findOne({}));
    for (const found of await within(4000, 'the next calls', Promise.all(next)))
      expect(found).to.deep.equal({ _id: 1 });
  }

  for (const event of ['connectionCheckedIn', 'connectionCheckedOut'] as const) {
    it(`does not lose it: aborted upon ${event}`, async () => {
      const [, client] = await poolOfOne();
      const users = client.db('shop').collection('users');
      const abort = new AbortController();
      const before = users.findOne({ ms: 20 });
      const waiting = failure(users.findOne({}, { signal: abort.signal }), 1000);
      await until('one waits', () => poolOf(client).waitQueueSize === 1);
      client.once(event, () => abort.abort());
      expect((await waiting).name).to.equal('AbortError');
      expect(await before).to.deep.equal({ _id: 1 });
      await stillWorks(client);
    });
  }

  for (const event of ['connectionCreated', 'connectionReady'] as const) {
    it(`does not lose it: aborted upon ${event}`, async () => {
      const [, client] = await poolOfOne({ maxPoolSize: 2 });
      const users = client.db('shop').collection('users');
      const abort = new AbortController();
      client.once(event, () => abort.abort());
      const before = users.findOne({ ms: 60 });
      const waiting = failure(users.findOne({}, { signal: abort.signal }), 1000);
      expect((await waiting).name).to.equal('AbortError');
      expect(await before).to.deep.equal({ _id: 1 });
      await stillWorks(client, 2);
    });
  }

  it('does not lose it: time-out and check-in together', async () => {
    const [simulator, client] = await poolOfOne({ waitQueueTimeoutMS: 20 });
    const users = client.db('shop').collection('users');
    const outcomes = { result: 0, timeout: 0 };
    for (let round = 0; round < 40; round++) {
      const before = users.findOne({ ms: 2 + 4 * (round % 9) });
      const waiting = await within(4000, 'the waiting call', settle(users.findOne({})));
      if (waiting.error) expect(waiting.error.name).to.equal('MongoWaitQueueTimeoutError');
      outcomes[waiting.error ? 'timeout' : 'result']++;
      expect(await within(4000, 'the call before', before)).to.deep.equal({ _id: 1 });
    }
    expect(Math.min(outcomes.result, outcomes.timeout), JSON.stringify(outcomes)).to.be.above(0);
    await stillWorks(client);
    expect(simulator.applications.length).to.equal(1);
  });

  it('does not lose it: both were due while the loop was blocked', async () => {
    const [simulator, client] = await poolOfOne({ waitQueueTimeoutMS: 20 });
    const users = client.db('shop').collection('users');
    simulator.once('find', (_command, reply) => {
      reply.send(reply.cursor([{ _id: 1 }]));
      const end = performance.now() + 60;
      while (performance.now() < end);
    });
    const calls = [users.findOne({}), users.findOne({}), users.findOne({})].map(settle);
    const [before, ...waiting] = await within(4000, 'the calls', Promise.all(calls));
    expect(before?.value).to.deep.equal({ _id: 1 });
    for (const { error } of waiting) if (error) expect(error.name).to.equal('MongoWaitQueueTimeoutError');
    await stillWorks(client);
  });
});
