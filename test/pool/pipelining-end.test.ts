import { expect } from 'chai';
import { failure, type Outcome, settle, until, within } from '../support/bounds';
import { answer, pipelined } from '../support/pipelined';
import { atRest, poolOf } from '../support/pool-counts';
import { useStage } from '../support/stage';

interface Clearable {
  clear(options: { interruptInUseConnections: boolean }): void;
  ready(): void;
}

const namesOf = (outcomes: Outcome<unknown>[]): Set<string | undefined> =>
  new Set(outcomes.map(({ error }) => error?.name));

describe('pipelined operations, when something ends', () => {
  const stage = useStage();

  it('fail with their client, those that wait, too', async () => {
    const { simulator, client, users, held } = await pipelined(stage, 2, {
      pipelining: 3,
      retryReads: false
    });
    const calls = Array.from({ length: 9 }, () => settle(users.findOne({})));
    await until('six have arrived', () => held.length === 6);
    expect(poolOf(client).waitQueueSize).to.equal(3);
    await within(3000, 'closing', client.close(true));
    const outcomes = await within(3000, 'all', Promise.all(calls));
    for (const { error } of outcomes) expect(error, 'a call of a closed client').to.be.an('error');
    await until('the sockets are closed', () => simulator.openApplications.length === 0);
    expect(new Set(outcomes.map(({ error }) => error)).size).to.equal(9);
  });

  it('are tried again when the pool is cleared, and what is in use is interrupted', async () => {
    const { simulator, client, users, held, release } = await pipelined(stage, 2, {}, { replicaSet: 'sim' });
    const calls = Array.from({ length: 10 }, (_, _id) => settle(users.findOne({ _id })));
    await until('all have arrived', () => held.length === 10);
    held.length = 0;
    release();
    const pool = poolOf(client) as unknown as Clearable;
    pool.clear({ interruptInUseConnections: true });
    pool.ready();
    const outcomes = await within(3000, 'all', Promise.all(calls));
    expect(outcomes).to.deep.equal(Array.from({ length: 10 }, (_, _id) => ({ value: { _id } })));
    expect(atRest(client)).to.equal(true);
    await until('the old sockets are closed', () => {
      return simulator.openApplications.length === poolOf(client).totalConnectionCount;
    });
  });

  it('are answered on connections of before when the pool is cleared, which take no others', async () => {
    const { simulator, client, users, held } = await pipelined(stage, 2, {}, { replicaSet: 'sim' });
    const calls = Array.from({ length: 6 }, (_, _id) => users.findOne({ _id }));
    await until('all have arrived', () => held.length === 6);
    const pool = poolOf(client) as unknown as Clearable;
    pool.clear({ interruptInUseConnections: false });
    pool.ready();
    const late = users.findOne({ _id: 6 });
    const old = new Set(held.map(({ connection }) => connection));
    for (const reply of held.splice(0)) answer(reply);
    expect(await Promise.all(calls)).to.deep.equal(Array.from({ length: 6 }, (_, _id) => ({ _id })));
    await until('the late one has arrived', () => held.length === 1);
    expect(old.has(held[0]!.connection)).to.equal(false);
    answer(held[0]!);
    expect(await late).to.deep.equal({ _id: 6 });
    await until('the old ones are closed', () => [...old].every(({ closed }) => closed));
    expect(simulator.openApplications.length).to.equal(poolOf(client).totalConnectionCount);
  });

  it('time out in the queue as others do, and leave those under way alone', async () => {
    const { client, users, held, release } = await pipelined(stage, 1, {
      pipelining: 2,
      waitQueueTimeoutMS: 50
    });
    const calls = [users.findOne({ _id: 0 }), users.findOne({ _id: 1 })];
    const late = Array.from({ length: 3 }, () => settle(users.findOne({})));
    const outcomes = await within(3000, 'the time-outs', Promise.all(late));
    expect([...namesOf(outcomes)]).to.deep.equal(['MongoWaitQueueTimeoutError']);
    expect(held.length).to.equal(2);
    expect(poolOf(client).waitQueueSize).to.equal(0);
    release();
    expect(await Promise.all(calls)).to.deep.equal([{ _id: 0 }, { _id: 1 }]);
    expect(atRest(client)).to.equal(true);
  });

  it('go on when one that waits for a connection of its own is aborted', async () => {
    const { client, users, held, release } = await pipelined(stage, 1);
    const calls = [users.findOne({ _id: 0 }), users.findOne({ _id: 1 })];
    const { signal, abort } = aborting();
    const aborted = failure(users.find({}, { signal }).toArray());
    await until('it waits', () => poolOf(client).waitQueueSize === 1);
    calls.push(users.findOne({ _id: 2 }));
    abort();
    expect(await aborted).to.equal(signal.reason);
    const next = users.findOne({ _id: 3 });
    await until('two have arrived', () => held.length === 2);
    answer(held.shift()!);
    await until('those behind it have arrived', () => held.length === 3);
    release();
    expect(await within(2000, 'all', Promise.all([...calls, next]))).to.deep.equal(
      [0, 1, 2, 3].map(_id => ({ _id }))
    );
    expect(atRest(client)).to.equal(true);
  });
});

function aborting(): { signal: AbortSignal; abort(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new RangeError('never mind')) };
}
