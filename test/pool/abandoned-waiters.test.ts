import { expect } from 'chai';
import { settle, until, within } from '../support/bounds';
import { heapUsed } from '../support/heap';
import { atRest, poolOf } from '../support/pool-counts';
import type { Reply } from '../support/simulator-reply';
import { useStage } from '../support/stage';

describe('waiters that gave up', () => {
  const stage = useStage();

  it('leave the queue and the memory at once, ten thousand of them', async () => {
    const simulator = await stage.simulator();
    const held: Reply[] = [];
    simulator.on('find', (_command, reply) => void held.push(reply));
    const client = stage.client(simulator.uri({ maxPoolSize: 1, waitQueueTimeoutMS: 30 }));
    const users = client.db('shop').collection('users');
    const slow = users.findOne({});
    await until('the slow call is under way', () => held.length === 1);
    const heaps: number[] = [];
    for (let round = 0; round < 5; round++) {
      const names = new Set<string | undefined>();
      const calls = Array.from({ length: 2000 }, () => settle(users.findOne({})));
      for (const { error } of await within(10_000, 'giving up', Promise.all(calls))) names.add(error?.name);
      expect([...names]).to.deep.equal(['MongoWaitQueueTimeoutError']);
      expect(poolOf(client).waitQueueSize).to.equal(0);
      heaps.push(heapUsed());
    }
    expect(heaps.at(-1)! - heaps[1]!, 'bytes kept by 6,000 calls').to.be.below(1_000_000);
    held[0]!.send(held[0]!.cursor([]));
    expect(await slow).to.equal(null);
    expect(atRest(client)).to.equal(true);
    expect(simulator.applications.length).to.equal(1);
  });
});
