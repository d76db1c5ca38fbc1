import { expect } from 'chai';
import { until, within } from '../support/bounds';
import { poolOf } from '../support/pool-counts';
import { useStage } from '../support/stage';

describe('idle connections', () => {
  const stage = useStage();

  it('are closed after maxIdleTimeMS without any call, at minPoolSize 0', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (_command, reply) => reply.later(30, reply.cursor([])));
    const client = stage.client(simulator.uri({ maxIdleTimeMS: 80, minPoolSize: 0 }));
    const reasons: string[] = [];
    client.on('connectionClosed', event => reasons.push(event.reason));
    const users = client.db('shop').collection('users');
    await within(4000, 'the burst', Promise.all(Array.from({ length: 5 }, () => users.findOne({}))));
    await until('all are closed', () => simulator.openApplications.length === 0);
    expect(simulator.applications.length).to.be.above(1);
    expect(reasons).to.deep.equal(simulator.applications.map(() => 'idle'));
    expect(poolOf(client).totalConnectionCount).to.equal(0);
    expect(await within(4000, 'the next call', users.findOne({}))).to.equal(null);
  });

  it('are kept down to minPoolSize', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.taggedUri({ maxIdleTimeMS: 350, minPoolSize: 2 }));
    await client.connect();
    await until('idle ones have been replaced', () => simulator.applications.length >= 4);
    await until('two are open', () => simulator.openApplications.length === 2);
    expect(poolOf(client).totalConnectionCount).to.be.within(1, 2);
  });

  it('grow old from their check-in on: an operation may take longer than maxIdleTimeMS', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (command, reply) => reply.later(command.filter.ms, reply.cursor([])));
    const client = stage.client(simulator.uri({ maxIdleTimeMS: 600, maxPoolSize: 1 }));
    const users = client.db('shop').collection('users');
    await users.findOne({ ms: 900 });
    await users.findOne({ ms: 0 });
    expect(simulator.applications.length).to.equal(1);
  });
});
