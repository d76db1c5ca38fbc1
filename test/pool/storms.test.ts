import { expect } from 'chai';
import { settle, sleep, until, within } from '../support/bounds';
import { atRest, poolOf } from '../support/pool-counts';
import { useStage } from '../support/stage';

describe('a storm of connections', () => {
  const stage = useStage();

  it('is held to maxConnecting handshakes at a time, and to one connection a caller', async () => {
    const simulator = await stage.simulator();
    const handshakes = simulator.holdHandshakes();
    simulator.on('find', (_command, reply) => reply.later(20, reply.cursor([])));
    const client = stage.client(simulator.taggedUri({ maxConnecting: 3, maxPoolSize: 20 }));
    const users = client.db('shop').collection('users');
    const calls = Array.from({ length: 60 }, () => users.findOne({}));
    await until('three handshakes are held', () => handshakes.held.length === 3);
    await sleep(50);
    expect(handshakes.held.length).to.equal(3);
    expect(poolOf(client).pendingConnectionCount).to.equal(3);
    handshakes.release();
    await within(5000, 'all calls', Promise.all(calls));
    expect(simulator.maxOpenApplications).to.be.at.most(20);
    expect(atRest(client)).to.equal(true);
  });

  it('does not follow dropped handshakes: reconnects are bounded by the calls and their retries', async () => {
    const simulator = await stage.simulator();
    simulator.on('handshake', (command, reply, connection) => {
      if (command.speculativeAuthenticate) connection.reset();
      else simulator.hello.answer(reply, connection);
    });
    const client = stage.client(simulator.taggedUri({ maxAdaptiveRetries: 1 }));
    let failed = 0;
    let most = 0;
    client.on('connectionCreated', () => (most = Math.max(most, poolOf(client).pendingConnectionCount)));
    const users = client.db('shop').collection('users');
    const calls = Array.from({ length: 20 }, () => settle(users.findOne({})));
    for (const { error } of await within(8000, 'all calls', Promise.all(calls))) if (error) failed++;
    expect(failed).to.equal(20);
    expect(most).to.be.at.most(2);
    expect(simulator.applications.length).to.be.at.most(40);
    const settled = simulator.applications.length;
    await sleep(150);
    expect(simulator.applications.length, 'none after the calls').to.equal(settled);
    expect(atRest(client)).to.equal(true);
  });

  it('does not follow a limit just too short: at most one new connection a call', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (_command, reply) => reply.later(60, reply.cursor([])));
    const client = stage.client(simulator.uri({ socketTimeoutMS: 30, retryReads: false, maxPoolSize: 5 }));
    const users = client.db('shop').collection('users');
    let late = 0;
    for (let round = 0; round < 4; round++) {
      const calls = Array.from({ length: 10 }, () => settle(users.findOne({})));
      for (const { error } of await within(8000, 'the calls', Promise.all(calls))) {
        if (error) expect(error.name).to.equal('MongoNetworkTimeoutError');
        if (error) late++;
      }
    }
    expect(late).to.be.above(20);
    expect(simulator.applications.length).to.be.at.most(41);
    expect(simulator.maxOpenApplications).to.be.at.most(5);
    await until('the pool is at rest', () => atRest(client));
  });
});
