import { expect } from 'chai';
import { ObjectId } from 'mongodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { until, within } from '../support/bounds';
import { answer, expectTwoAlone, pipelined, type User } from '../support/pipelined';
import { atRest } from '../support/pool-counts';
import type { Reply } from '../support/simulator-reply';
import { useStage } from '../support/stage';

describe('pipelining among operations of every kind', () => {
  const stage = useStage();

  it('keeps nobody waiting for a connection of his own, however many others there are', async () => {
    const { users, client, release } = await pipelined(stage, 2, { pipelining: 4 });
    release();
    let going = true;
    let answered = 0;
    const busy = Array.from({ length: 50 }, async (_, _id) => {
      for (; going; answered++) expect(await users.findOne({ _id })).to.deep.equal({ _id });
    });
    for (let i = 0; i < 20; i++) {
      const before = answered;
      await within(1000, 'a command', users.db.command({ ping: 1 }));
      expect(answered - before, 'how many went first').to.be.below(500);
    }
    going = false;
    await Promise.all(busy);
    expect(answered).to.be.above(50);
    expect(atRest(client)).to.equal(true);
  });

  it('reads cursors on with connections of their own', async () => {
    const { simulator, users, held, release } = await pipelined(stage, 1);
    const more: Reply[] = [];
    simulator.on('getMore', (_command, reply) => void more.push(reply));
    const all = users.find({ _id: 1 }).toArray();
    const others = [users.findOne({ _id: 2 }), users.findOne({ _id: 3 })];
    await until('the first batch is asked for, and others behind it', () => held.length === 3);
    const [first, ...behind] = held.splice(0);
    first!.send(first!.cursor([{ _id: 1 }], { id: 5n }));
    await sleep(20);
    expect(more, 'written behind others').to.deep.equal([]);
    others.push(users.findOne({ _id: 4 }));
    for (const reply of behind) answer(reply);
    await until('the next batch is asked for', () => more.length === 1);
    await sleep(20);
    expect(held, 'written behind it').to.deep.equal([]);
    release();
    more[0]!.send(more[0]!.cursor([{ _id: 'more' }], { batch: 'nextBatch' }));
    expect(await within(2000, 'the cursor', all)).to.deep.equal([{ _id: 1 }, { _id: 'more' }]);
    expect(await within(2000, 'the others', Promise.all(others))).to.deep.equal(
      [2, 3, 4].map(_id => ({ _id }))
    );
  });

  it('is not for what goes through a load balancer', async () => {
    const hello = { msg: 'isdbgrid', serviceId: new ObjectId() };
    const simulator = await stage.simulator({ hello });
    const held: Reply[] = [];
    simulator.on('find', (_command, reply) => void held.push(reply));
    const uri = `mongodb://${simulator.address}/?loadBalanced=true&maxPoolSize=2`;
    const users = stage.client(uri, { pipelining: 8 }).db('shop').collection<User>('users');
    await expectTwoAlone(users, held);
  });
});
