import { once } from 'node:events';
import { expect } from 'chai';
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
});
