import { expect } from 'chai';
import { within } from '../support/bounds';
import { heapUsed } from '../support/heap';
import { processEvents } from '../support/process-events';
import { useStage } from '../support/stage';

const ALL = 100_000;
/** A slow machine stops earlier, with enough of them: the test is about what stays behind, not about speed. */
const MS = 5_000;
const ENOUGH = 15_000;

describe('a connection that lives long', () => {
  const stage = useStage();

  it('runs a hundred thousand operations, or what time allows, without growth and without warnings', async () => {
    const simulator = await stage.simulator();
    simulator.can('find', { cursor: { id: 0n, ns: 'shop.users', firstBatch: [{ _id: 1 }] } });
    const client = stage.client(simulator.uri({ maxPoolSize: 1 }));
    const users = client.db('shop').collection('users');
    const heaps: number[] = [];
    const sockets = new Set<number>();
    let done = 0;
    const events = await processEvents(async () => {
      const end = performance.now() + MS;
      for (; done < ALL && (done < ENOUGH || performance.now() < end); done += 500) {
        await Promise.all(Array.from({ length: 500 }, () => users.findOne({})));
        if (done % 5000 > 0) continue;
        heaps.push(heapUsed());
        sockets.add(simulator.openApplications[0]!.id);
      }
    });
    expect(events).to.deep.equal([]);
    expect(sockets.size).to.equal(1);
    expect(heaps.at(-1)! - heaps[1]!, `bytes kept by ${done} operations`).to.be.below(1_000_000);
  });

  it('reads ten thousand empty batches without growing a stack', async () => {
    const simulator = await stage.simulator();
    const ns = 'shop.users';
    simulator.on('find', () => ({ cursor: { id: 5n, ns, firstBatch: [] } }));
    simulator.can('getMore', { cursor: { id: 5n, ns, nextBatch: [] } });
    const client = stage.client(simulator.uri());
    const cursor = client.db('shop').collection('users').find({});
    const next = cursor.next();
    const counted = async (): Promise<void> => {
      while ((simulator.applications[0]?.canned ?? 0) < 10_000) await new Promise(setImmediate);
    };
    await within(18_000, 'ten thousand batches', counted());
    simulator.can('getMore', { cursor: { id: 0n, ns, nextBatch: [{ _id: 1 }] } });
    expect(await within(4000, 'the document', next)).to.deep.equal({ _id: 1 });
  });
});
