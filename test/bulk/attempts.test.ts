import { expect } from 'chai';
import type { ClientBulkWriteResult, Document } from 'mongodb';
import { settle, within } from '../support/bounds';
import type { MongoClient } from '../support/motor';
import { type PoolCounts, poolOf } from '../support/pool-counts';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

const models = Array.from({ length: 6 }, (_, _id) => ({
  namespace: 'shop.users' as const,
  name: 'insertOne' as const,
  document: { _id }
}));

describe("the batches of a client's bulk write", () => {
  const stage = useStage();

  async function given(): Promise<Simulator> {
    const simulator = await stage.simulator({ replicaSet: 'sim', hello: { maxWriteBatchSize: 2 } });
    simulator.on('authenticate', () => ({ ok: 1 }));
    simulator.on('bulkWrite', ({ ops }, reply) => ({
      ...reply.cursor([]),
      nErrors: 0,
      nInserted: (ops as Document[]).length,
      nUpserted: 0,
      nMatched: 0,
      nModified: 0,
      nDeleted: 0
    }));
    return simulator;
  }

  function written(simulator: Simulator): number[][] {
    return simulator
      .commands('bulkWrite')
      .map(({ command }) =>
        (command.ops as Document[]).map(({ document }) => (document as Document)._id as number)
      );
  }

  async function write(client: MongoClient): Promise<ClientBulkWriteResult> {
    return await within(
      5000,
      'the bulk write',
      Promise.resolve(client.bulkWrite<{ 'shop.users': { _id: number } }>(models))
    );
  }

  it('are written once each when an attempt ends before it has a connection', async () => {
    const simulator = await given();
    const client = stage.client(simulator.taggedUri({ maxPoolSize: 1 }));
    await client.connect();
    client.once('connectionCheckedIn', () => {
      simulator.once('handshake', (_command, _reply, connection) => connection.reset());
      const pool = poolOf(client) as PoolCounts & { clear(): void; ready(): void };
      pool.clear(); // the connection is not to be used again
      pool.ready();
    });
    const result = await write(client);
    expect(written(simulator)).to.deep.equal([
      [0, 1],
      [2, 3],
      [4, 5]
    ]);
    expect(result.insertedCount).to.equal(6);
  });

  it('are written all when one is sent again after authenticating anew', async () => {
    const simulator = await given();
    const client = stage.client(simulator.taggedUri());
    simulator.once('bulkWrite', (_command, reply) =>
      reply.fail(391, 'ReauthenticationRequired', 'authenticate again')
    );
    const result = await write(client);
    expect(written(simulator)).to.deep.equal([
      [0, 1],
      [0, 1],
      [2, 3],
      [4, 5]
    ]);
    expect(result.insertedCount).to.equal(6);
  });
});

describe('a bulk write that is aborted', () => {
  const stage = useStage();

  for (const reason of [undefined, new RangeError('enough')]) {
    it(`fails with the reason: ${reason?.message ?? 'none given'}`, async () => {
      const simulator = await stage.simulator();
      const controller = new AbortController();
      simulator.on('insert', () => void controller.abort(reason));
      const users = stage.client(simulator.uri()).db('shop').collection('users');
      const { error } = await settle(
        users.insertMany([{ a: 1 }, { a: 2 }], { signal: controller.signal } as object)
      );
      expect(error).to.equal(controller.signal.reason);
    });
  }
});
