import { once } from 'node:events';
import { expect } from 'chai';
import type { ConnectionPool } from '../../lib/driver';
import { failure, settle, until, within } from '../support/bounds';
import { atRest, poolOf } from '../support/pool-counts';
import { useStage } from '../support/stage';

describe('a connection that was being made when the pool was cleared', () => {
  const stage = useStage();

  it('does not enter the pool with its old generation', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.taggedUri({ retryReads: false, heartbeatFrequencyMS: 100 }));
    const users = client.db('shop').collection('users');
    await client.connect();
    const handshakes = simulator.holdHandshakes();
    simulator.once('find', () => undefined);
    const first = users.findOne({});
    await until('the first call is under way', () => simulator.commands('find').length === 1);
    const second = settle(users.findOne({}));
    await until('a handshake is held', () => handshakes.held.length === 1);
    const { connection: pending } = handshakes.held[0]!;
    const ready = once(client, 'connectionPoolReady');
    simulator.applications[0]!.reset();
    expect((await failure(first)).name).to.equal('MongoNetworkError');
    await within(4000, 'the recovery', ready);
    expect(poolOf(client).generation).to.equal(1);
    handshakes.release();
    const { error } = await within(4000, 'the second call', second);
    if (error) expect(error.name).to.match(/^Mongo(PoolCleared|Network)Error$/);
    await until('the old connection is closed', () => pending.closed);
    expect(pending.requests.map(({ name }) => name)).not.to.include('find');
    expect(await within(4000, 'the third call', users.findOne({}))).to.equal(null);
    await until('the pool is at rest', () => atRest(client));
    expect(poolOf(client).totalConnectionCount).to.equal(simulator.openApplications.length);
  });

  it('fails without harm to the server that has recovered, or to those who wait since then', async () => {
    const simulator = await stage.simulator({ replicaSet: 'rs' });
    const client = stage.client(
      simulator.taggedUri({ retryReads: false, heartbeatFrequencyMS: 100, maxPoolSize: 1 })
    );
    const users = client.db('shop').collection('users');
    await client.connect();
    simulator.once('find', (_command, _reply, connection) => connection.end());
    await failure(users.findOne({}));
    const pool = poolOf(client) as ConnectionPool;
    await until('the server is known again', () => pool.poolState === 'ready');
    const { generation } = pool;
    const handshakes = simulator.holdHandshakes();
    const first = settle(users.findOne({}));
    await until('a handshake is held', () => handshakes.held.length === 1);
    const [held] = handshakes.held.splice(0);
    pool.clear();
    pool.ready();
    expect((await within(4000, 'the first call', first)).error?.name).to.equal('MongoPoolClearedError');
    const second = settle(users.findOne({}));
    held!.fail(91, 'ShutdownInProgress');
    await until('another handshake is held', () => handshakes.held.length === 1);
    handshakes.release();
    expect((await within(4000, 'the second call', second)).error).to.equal(undefined);
    expect(pool.generation).to.equal(generation + 1);
  });
});
