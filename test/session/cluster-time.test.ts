import { expect } from 'chai';
import { Binary, type Document, Long, Timestamp } from 'mongodb';
import { until } from '../support/bounds';
import type { SimulatedConnection } from '../support/simulator-connection';
import type { Reply } from '../support/simulator-reply';
import { useStage } from '../support/stage';

const clusterTime = (t: number): Document => ({
  clusterTime: new Timestamp({ t, i: 1 }),
  signature: { hash: new Binary(Buffer.alloc(20, t)), keyId: Long.fromNumber(t) }
});

describe('the time of the cluster', () => {
  const stage = useStage();

  it('is known to a cursor on every connection, and never goes back', async () => {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    const users = stage
      .client(simulator.uri({ maxPoolSize: 2 }))
      .db('shop')
      .collection('users');
    const held: Reply[] = [];
    const hold = async (count: number): Promise<() => Promise<unknown>> => {
      const counts = Array.from({ length: count }, () => users.estimatedDocumentCount());
      await until('they are asked', () => held.length === count);
      return () => {
        for (const reply of held.splice(0)) reply.send({ n: 0, $clusterTime: clusterTime(5) });
        return Promise.all(counts);
      };
    };
    const times = [7, 6, 9, 9];
    const asked: [SimulatedConnection, number | undefined][] = [];
    const answer = (command: Document, reply: Reply, connection: SimulatedConnection): Document => {
      asked.push([connection, command.$clusterTime?.clusterTime.t]);
      const batch = command.find ? 'firstBatch' : 'nextBatch';
      return { ...reply.cursor([{}], { id: 5n, batch }), $clusterTime: clusterTime(times.shift()!) };
    };
    simulator.on('count', (_command, reply) => void held.push(reply)).on('killCursors', () => ({}));
    simulator.on('find', answer).on('getMore', answer);

    const open = await hold(2); // over two connections
    await open();
    const cursor = users.find();
    await cursor.next();
    const release = await hold(1); // on the same connection
    for (let i = 0; i < 3; i++) await cursor.next();
    await release();
    await cursor.close();

    expect(asked.map(([, time]) => time)).to.deep.equal([5, 7, 7, 9]);
    const [first, ...others] = asked.map(([connection]) => connection);
    expect(others).not.to.include(first);
  });
});
