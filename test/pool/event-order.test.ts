import { expect } from 'chai';
import { failure, until } from '../support/bounds';
import type { MongoClient } from '../support/motor';
import { useStage } from '../support/stage';

const NAMES = [
  'connectionCreated',
  'connectionReady',
  'connectionClosed',
  'connectionCheckedIn',
  'connectionCheckOutFailed',
  'connectionPoolCleared',
  'connectionPoolReady',
  'serverDescriptionChanged'
] as const;

function record(client: MongoClient): string[] {
  const events: string[] = [];
  for (const name of NAMES) {
    client.on(name, (event: object) => {
      if (!('newDescription' in event)) return events.push(name);
      const { type } = event.newDescription as { type: string };
      return events.push(`server ${type}`);
    });
  }
  return events;
}

describe('the order of events when connections fail', () => {
  const stage = useStage();

  it('is clear, check-in, close for one in use', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (_command, _reply, connection) => connection.reset());
    const client = stage.client(simulator.uri({ retryReads: false, heartbeatFrequencyMS: 10_000 }));
    await client.connect();
    const events = record(client);
    await failure(client.db('shop').collection('users').findOne({}));
    await until('it is closed', () => events.includes('connectionClosed'));
    expect(events).to.deep.equal([
      'server Unknown',
      'connectionPoolCleared',
      'connectionCheckedIn',
      'connectionClosed'
    ]);
  });

  it('is clear, close, failed check-out for one that does not authenticate', async () => {
    const simulator = await stage.simulator({ hello: { speculativeAuthenticate: undefined } });
    simulator.on('authenticate', (_command, _reply, connection) => connection.reset());
    const client = stage.client(simulator.taggedUri({ retryReads: false, serverSelectionTimeoutMS: 2000 }));
    const events = record(client);
    expect(await failure(client.db('shop').collection('users').findOne({}))).to.have.property(
      'name',
      'MongoNetworkError'
    );
    expect(events.slice(events.indexOf('connectionCreated'))).to.deep.equal([
      'connectionCreated',
      'server Unknown',
      'connectionPoolCleared',
      'connectionClosed',
      'connectionCheckOutFailed'
    ]);
  });

  it('tells discovery of a failure while the pool is filled to minPoolSize, and fills it after', async () => {
    const simulator = await stage.simulator({ hello: { speculativeAuthenticate: undefined } });
    simulator.on('authenticate', () => ({}));
    const client = stage.client(simulator.taggedUri({ minPoolSize: 1, heartbeatFrequencyMS: 100 }));
    const before = record(client);
    const count = (event: string) => before.filter(name => name === event).length;
    await client.connect();
    await until('the pool is filled', () => count('connectionReady') === count('connectionCreated'));
    const events = record(client);
    simulator.once('authenticate', (_command, _reply, connection) => connection.reset());
    for (const connection of simulator.openApplications) connection.reset();
    await until('the pool is filled again', () => events.includes('connectionReady'));
    expect(events.slice(events.indexOf('connectionCreated'))).to.deep.equal([
      'connectionCreated',
      'server Unknown',
      'connectionPoolCleared',
      'connectionClosed',
      'server Standalone',
      'connectionPoolReady',
      'connectionCreated',
      'connectionReady'
    ]);
  });

  it('is no clear when a handshake is cut, which says that the server is overloaded', async () => {
    const simulator = await stage.simulator();
    simulator.on('handshake', (command, reply, connection) => {
      if (command.speculativeAuthenticate) connection.reset();
      else simulator.hello.answer(reply, connection);
    });
    const client = stage.client(simulator.taggedUri({ retryReads: false }));
    const events = record(client);
    const error = await failure(client.db('shop').collection('users').findOne({}));
    expect(error).to.have.property('name', 'MongoNetworkError');
    expect(events.slice(events.indexOf('connectionCreated'))).to.deep.equal([
      'connectionCreated',
      'connectionClosed',
      'connectionCheckOutFailed'
    ]);
  });
});

describe('the order of events when several operations begin in one turn', () => {
  const stage = useStage();

  it('is all check-outs that start, and then who has the connection', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.uri({ maxPoolSize: 1 }));
    await client.db('shop').command({ ping: 1 });
    const events: string[] = [];
    for (const name of ['connectionCheckOutStarted', 'connectionCheckedOut', 'connectionCheckedIn'] as const)
      client.on(name, () => events.push(name.slice('connection'.length)));
    const ping = (): Promise<unknown> => client.db('shop').command({ ping: 1 });
    await Promise.all([ping(), ping()]);
    expect(events).to.deep.equal([
      'CheckOutStarted',
      'CheckOutStarted',
      'CheckedOut',
      'CheckedIn',
      'CheckedOut',
      'CheckedIn'
    ]);
  });
});
