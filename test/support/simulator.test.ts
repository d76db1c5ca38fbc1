import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { until } from './bounds';
import { Proxy } from './proxy';
import { Simulator } from './simulator';

// The simulator is held to the official driver here, whatever library the other tests run.
describe('the simulator, seen by the official driver', () => {
  for (const replicaSet of [undefined, 'sim']) {
    it(`is a healthy ${replicaSet ? 'one-node replica set' : 'standalone'}`, async () => {
      const simulator = await Simulator.start({ replicaSet });
      simulator.on('find', (command, reply) => reply.cursor([{ _id: command.filter._id }]));
      const client = new MongoClient(simulator.uri());
      const users = client.db('shop').collection<{ _id: number }>('users');
      expect(await users.findOne({ _id: 7 })).to.deep.equal({ _id: 7 });
      expect((await users.insertMany([{ _id: 1 }, { _id: 2 }])).insertedCount).to.equal(2);
      expect(simulator.commands('insert')[0]?.command.documents).to.deep.equal([{ _id: 1 }, { _id: 2 }]);
      expect(simulator.applications.length).to.equal(1);
      await client.close();
      await simulator.close();
    });
  }

  it('streams hellos to a monitor and tells it from the application', async () => {
    const simulator = await Simulator.start({ replicaSet: 'sim', streaming: true });
    const client = new MongoClient(simulator.taggedUri({ heartbeatFrequencyMS: 500 }));
    let beats = 0;
    client.on('serverHeartbeatSucceeded', () => beats++);
    await client.connect();
    await until('the monitor streams', () => simulator.monitors.length > 0);
    beats = 0;
    simulator.hello.announce();
    simulator.hello.announce();
    await until('both announcements arrive', () => beats >= 2);
    expect(simulator.applications.length).to.equal(1);
    await client.close();
    await simulator.close();
  });

  it('splits a reply at every byte and is still understood', async () => {
    const simulator = await Simulator.start();
    simulator.on('find', (_command, reply) => {
      const bytes = reply.frame(reply.cursor([{ a: 1 }]));
      return reply.split(bytes, [...bytes.keys()].slice(1));
    });
    const client = new MongoClient(simulator.uri());
    expect(await client.db('shop').collection('users').findOne({})).to.deep.equal({ a: 1 });
    await client.close();
    await simulator.close();
  });

  it('answers canned commands by the thousand', async () => {
    const simulator = await Simulator.start();
    simulator.can('ping', { canned: true });
    const client = new MongoClient(simulator.uri({ maxPoolSize: 1 }));
    for (let i = 0; i < 1000; i++)
      expect(await client.db('a').command({ ping: 1 })).to.include({ canned: true });
    expect(simulator.applications[0]?.canned).to.equal(1000);
    await client.close();
    await simulator.close();
  });

  it('is reached through a proxy that shreds, cuts and swallows', async () => {
    const simulator = await Simulator.start();
    simulator.on('find', (_command, reply) => reply.cursor([{ a: 'b'.repeat(1000) }]));
    const proxy = await Proxy.start(simulator, 7);
    const options = { directConnection: true, retryReads: false, socketTimeoutMS: 200 };
    const client = new MongoClient(`mongodb://127.0.0.1:${proxy.port}`, options);
    const users = client.db('shop').collection('users');
    proxy.weather.shred = true;
    expect(await users.findOne({}))
      .to.have.property('a')
      .that.has.length(1000);
    proxy.weather.cutAfter = { direction: 'toClient', bytes: 0 };
    const cut = await users.findOne({}).catch((error: Error) => error.name);
    expect(cut).to.equal('MongoNetworkError');
    proxy.heal();
    expect(await users.findOne({})).to.have.property('a');
    proxy.blackHole();
    const swallowed = await users.findOne({}).catch((error: Error) => error.name);
    expect(swallowed).to.equal('MongoNetworkTimeoutError');
    proxy.heal();
    await client.close();
    await until('all links are gone', () => proxy.open === 0);
    await proxy.close();
    await simulator.close();
  });
});
