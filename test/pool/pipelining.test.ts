import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { until, within } from '../support/bounds';
import { answer, connectionsOf, loads, pipelined } from '../support/pipelined';
import { atRest, poolOf } from '../support/pool-counts';
import type { Reply } from '../support/simulator-reply';
import { useStage } from '../support/stage';

const idsOf = (replies: readonly Reply[]): unknown[] =>
  replies.map(({ request }) => request.command.filter._id);

describe('a pool with pipelining, when every connection is busy', () => {
  const stage = useStage();

  it('writes operations at once, each behind others on the connection with the fewest', async () => {
    const { client, users, held, release } = await pipelined(stage, 3, { pipelining: 4 });
    const calls = Array.from({ length: 7 }, (_, _id) => users.findOne({ _id }));
    expect(poolOf(client).waitQueueSize).to.equal(0);
    await until('all have arrived', () => held.length === 7);
    expect(loads(held).sort()).to.deep.equal([2, 2, 3]);
    expect(poolOf(client).currentCheckedOutCount).to.equal(3);
    const [connection] = connectionsOf(held).filter(
      (id, _, all) => all.filter(other => other === id).length === 2
    );
    const at = connectionsOf(held).indexOf(connection!);
    const [leaving] = held.splice(at, 1);
    answer(leaving!);
    await calls[Number(idsOf([leaving!])[0])];
    const next = users.findOne({ _id: 7 });
    await until('the next has arrived', () => idsOf(held).includes(7));
    expect(held.at(-1)!.connection.id).to.equal(connection);
    release();
    expect(await Promise.all([...calls, next])).to.deep.equal(
      Array.from({ length: 8 }, (_, _id) => ({ _id }))
    );
    expect(atRest(client)).to.equal(true);
  });

  it('has no more than so many on a connection; the rest waits, first in, first out', async () => {
    const { client, users, held } = await pipelined(stage, 2, { pipelining: 3 });
    const calls = Array.from({ length: 10 }, (_, _id) => users.findOne({ _id }));
    expect(poolOf(client).waitQueueSize).to.equal(4);
    await until('six have arrived', () => held.length === 6);
    await sleep(30);
    expect(loads(held)).to.deep.equal([3, 3]);
    for (let next = 6; next < 10; next++) {
      answer(held.shift()!);
      await until('one more has arrived', () => held.length === 6);
      await sleep(5);
      expect(idsOf(held)).to.have.length(6).and.include(next);
      expect(poolOf(client).waitQueueSize).to.equal(9 - next);
    }
    for (const reply of held) answer(reply);
    expect(await Promise.all(calls)).to.deep.equal(Array.from({ length: 10 }, (_, _id) => ({ _id })));
    expect(atRest(client)).to.equal(true);
  });

  it('shares no connection while it may open another', async () => {
    const simulator = await stage.simulator();
    const held: Reply[] = [];
    simulator.on('find', (_command, reply) => void held.push(reply));
    const client = stage.client(simulator.uri({ maxPoolSize: 6, maxConnecting: 2 }), { pipelining: 8 });
    const users = client.db('shop').collection('users');
    const calls: PromiseLike<unknown>[] = [];
    for (let open = 1; open <= 6; open++) {
      calls.push(users.findOne({}));
      await until('it has arrived', () => held.length === open);
      expect(new Set(connectionsOf(held)).size).to.equal(open);
    }
    for (let more = 7; more <= 12; more++) {
      calls.push(users.findOne({}));
      await until('it has arrived, too', () => held.length === more);
    }
    expect(loads(held)).to.deep.equal([2, 2, 2, 2, 2, 2]);
    expect(simulator.applications.length).to.equal(6);
    for (const reply of held) answer(reply);
    await Promise.all(calls);
    expect(atRest(client)).to.equal(true);
  });

  it('shares none if it may open as many as it likes', async () => {
    const simulator = await stage.simulator();
    const held: Reply[] = [];
    simulator.on('find', (_command, reply) => void held.push(reply));
    const client = stage.client(simulator.uri({ maxPoolSize: 0 }), { pipelining: 8 });
    const users = client.db('shop').collection('users');
    const calls = Array.from({ length: 20 }, () => users.findOne({}));
    await until('all have arrived', () => held.length === 20);
    expect(new Set(connectionsOf(held)).size).to.equal(20);
    for (const reply of held) answer(reply);
    await Promise.all(calls);
  });

  for (const pipelining of [undefined, 1]) {
    it(`shares none without the option (${pipelining})`, async () => {
      const simulator = await stage.simulator();
      const held: Reply[] = [];
      simulator.on('find', (_command, reply) => void held.push(reply));
      const client = stage.client(simulator.uri({ maxPoolSize: 2 }), { pipelining });
      const users = client.db('shop').collection('users');
      const calls = Array.from({ length: 6 }, () => users.findOne({}));
      for (let answered = 0; answered < 6; answered++) {
        await until('two are held', () => held.length === Math.min(2, 6 - answered));
        await sleep(5);
        expect(loads(held)).to.deep.equal(held.map(() => 1));
        answer(held.shift()!);
      }
      await Promise.all(calls);
    });
  }

  it('shares a connection that has rested, too', async () => {
    const { client, users, held, release } = await pipelined(stage, 1);
    await sleep(1100);
    const calls = Array.from({ length: 8 }, (_, _id) => users.findOne({ _id }));
    await until('all have arrived', () => held.length === 8);
    release();
    expect(await Promise.all(calls)).to.deep.equal(Array.from({ length: 8 }, (_, _id) => ({ _id })));
    expect(atRest(client)).to.equal(true);
  });
});

describe('replies to pipelined requests', () => {
  const stage = useStage();
  const expected = Array.from({ length: 8 }, (_, _id) => ({ _id }));

  const orders: Record<string, (replies: Reply[]) => Reply[]> = {
    'in their order': replies => replies,
    'in the reverse order': replies => replies.toReversed(),
    'in no order': replies => [5, 2, 7, 0, 6, 1, 3, 4].map(index => replies[index]!)
  };

  for (const [what, ordered] of Object.entries(orders)) {
    it(`go each to who asked, when they come ${what}`, async () => {
      const { client, users, held } = await pipelined(stage, 1);
      const calls = expected.map(({ _id }) => users.findOne({ _id }));
      await until('all have arrived', () => held.length === 8);
      for (const reply of ordered(held)) answer(reply);
      expect(await within(2000, 'all answers', Promise.all(calls))).to.deep.equal(expected);
      expect(atRest(client)).to.equal(true);
    });

    it(`go each to who asked, when they come ${what} in one chunk, or in pieces`, async () => {
      const { client, users, held } = await pipelined(stage, 1);
      for (const size of [100_000, 1, 7, 16, 61]) {
        const calls = expected.map(({ _id }) => users.findOne({ _id }));
        await until('all have arrived', () => held.length === 8);
        const replies = ordered(held.splice(0));
        const bytes = Buffer.concat(
          replies.map(reply => reply.frame(reply.cursor([{ _id: reply.request.command.filter._id }])))
        );
        const cuts = Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => (i + 1) * size);
        void replies[0]!.split(
          bytes,
          cuts.filter(cut => cut < bytes.length)
        );
        expect(await within(5000, 'all answers', Promise.all(calls))).to.deep.equal(expected);
      }
      expect(atRest(client)).to.equal(true);
    });
  }
});
