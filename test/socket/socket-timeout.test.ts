import { expect } from 'chai';
import { failure, sleep, until, within } from '../support/bounds';
import { useStage } from '../support/stage';

const LIMIT = 120;

describe('socketTimeoutMS', () => {
  const stage = useStage();

  it('runs only while a reply is awaited: an idle connection outlives it', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.uri({ socketTimeoutMS: LIMIT, retryReads: false }));
    const users = client.db('shop').collection('users');
    await users.findOne({});
    await sleep(3 * LIMIT);
    expect(await users.findOne({})).to.equal(null);
    expect(simulator.applications.length).to.equal(1);
  });

  it('begins anew with each call', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (_command, reply) => reply.later(LIMIT * 0.6, reply.cursor([])));
    const client = stage.client(simulator.uri({ socketTimeoutMS: LIMIT, retryReads: false }));
    const users = client.db('shop').collection('users');
    for (let call = 0; call < 4; call++) expect(await users.findOne({})).to.equal(null);
    expect(simulator.applications.length).to.equal(1);
  });

  it('waits for a reply that drips, and not for one that stops dripping', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (command, reply) => {
      const bytes = reply.frame(reply.cursor([command.filter]));
      const whole = command.filter._id === 1;
      const offsets = [10, 20, 30, 40, 50, 60];
      return reply.split(whole ? bytes : bytes.subarray(0, 70), offsets, LIMIT / 3);
    });
    const client = stage.client(simulator.uri({ socketTimeoutMS: LIMIT, retryReads: false }));
    const users = client.db('shop').collection<{ _id: number }>('users');
    expect(await within(3000, 'the dripping reply', users.findOne({ _id: 1 }))).to.deep.equal({ _id: 1 });
    const error = await failure(users.findOne({ _id: 2 }), 3000);
    expect(error.name).to.equal('MongoNetworkTimeoutError');
    await until('the socket is closed', () => simulator.openApplications.length === 0);
  });

  it('closes the socket, so that a later reply reaches nobody', async () => {
    const simulator = await stage.simulator();
    simulator.once('find', (command, reply) => reply.later(2 * LIMIT, reply.cursor([command.filter])));
    const client = stage.client(simulator.uri({ socketTimeoutMS: LIMIT, maxPoolSize: 1, retryReads: false }));
    const users = client.db('shop').collection<{ _id: number }>('users');
    const started = performance.now();
    const error = await failure(users.findOne({ _id: 1 }));
    expect(error.name).to.equal('MongoNetworkTimeoutError');
    expect(performance.now() - started).to.be.within(LIMIT * 0.9, 4000);
    await until('the socket is closed', () => simulator.applications[0]!.closed);
    await sleep(2 * LIMIT);
    expect(await users.findOne({ _id: 2 })).to.equal(null);
    expect(simulator.applications.length).to.equal(2);
  });
});
