import { expect } from 'chai';
import { failure, until } from '../support/bounds';
import type { MongoClient } from '../support/motor';
import { poolOf } from '../support/pool-counts';
import type { Reply } from '../support/simulator-reply';
import { useStage } from '../support/stage';

describe('a time-out in the wait queue', () => {
  const stage = useStage();

  /** A pool of one whose connection is held by a find on shop.orders. */
  async function full(): Promise<{ client: MongoClient; free: () => Promise<unknown> }> {
    const simulator = await stage.simulator();
    const held: Reply[] = [];
    simulator.on('find', (_command, reply) => void held.push(reply));
    const client = stage.client(simulator.uri({ maxPoolSize: 1, waitQueueTimeoutMS: 60 }));
    await client.connect();
    const holding = client.db('shop').collection('orders').findOne({});
    await until('the connection is held', () => held.length === 1);
    const free = async (): Promise<unknown> => {
      simulator.on('find', (_command, reply) => reply.cursor([]));
      held[0]!.send(held[0]!.cursor([]));
      return holding;
    };
    return { client, free };
  }

  it('neither clears the pool nor changes the topology', async () => {
    const { client, free } = await full();
    const events: string[] = [];
    for (const name of [
      'connectionPoolCleared',
      'serverDescriptionChanged',
      'topologyDescriptionChanged'
    ] as const) {
      client.on(name, () => events.push(name));
    }
    const error = await failure(client.db('shop').collection('users').findOne({}));
    expect(error.name).to.equal('MongoWaitQueueTimeoutError');
    expect(events).to.deep.equal([]);
    expect(poolOf(client).generation).to.equal(0);
    expect(await free()).to.equal(null);
    expect(await client.db('shop').collection('users').findOne({})).to.equal(null);
  });

  it('says how full the pool is, who waits, and who holds a connection longest', async () => {
    const { client, free } = await full();
    const users = client.db('shop').collection('users');
    const calls = [users.findOne({}), users.findOne({}), users.findOne({})].map(call => failure(call));
    const [first] = await Promise.all(calls);
    expect(first!.message).to.match(/^Timed out while checking out a connection from connection pool/);
    expect(first!.message).to.match(/\b1\/1\b/);
    expect(first!.message).to.match(/\b[1-3] waiting, the oldest for \d+(\.\d+)? (ms|s)\b/);
    expect(first!.message).to.match(/held longest by find on shop\.orders, \d+(\.\d+)? (ms|s)\b/);
    await free();
  });
});
