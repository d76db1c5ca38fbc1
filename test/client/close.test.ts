import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { failure, settle, until, within } from '../support/bounds';
import type { MongoClient } from '../support/motor';
import { poolOf } from '../support/pool-counts';
import { processEvents } from '../support/process-events';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

/** What a client is doing when it is closed, and how its calls are told. */
interface State {
  options?: Record<string, string | number>;
  /** Brings the client into its state. */
  enter(simulator: Simulator, client: MongoClient): Promise<PromiseLike<unknown>[]>;
  names: RegExp;
}

const find = (client: MongoClient): PromiseLike<unknown> => client.db('shop').collection('users').findOne({});

const states: Record<string, State> = {
  'never connected': { enter: async () => [], names: /^$/ },
  idle: {
    enter: async (_simulator, client) => {
      await find(client);
      return [];
    },
    names: /^$/
  },
  'waiting for replies that do not come': {
    enter: async (simulator, client) => {
      await client.connect();
      simulator.on('find', () => undefined);
      const calls = [find(client), find(client), find(client)];
      await until('all have asked', () => simulator.commands('find').length === 3);
      return calls;
    },
    names: /^MongoClientClosedError$/
  },
  'waiting for a connection': {
    options: { maxPoolSize: 1 },
    enter: async (simulator, client) => {
      await client.connect();
      simulator.on('find', () => undefined);
      const calls = [find(client), find(client), find(client)];
      await until('two wait', () => poolOf(client).waitQueueSize === 2);
      return calls;
    },
    names: /^Mongo(ClientClosed|PoolClosed)Error$/
  },
  'shaking hands': {
    enter: async (simulator, client) => {
      await client.connect();
      const handshakes = simulator.holdHandshakes();
      simulator.on('find', () => undefined);
      const calls = [find(client), find(client), find(client)];
      await until('two handshakes are held', () => handshakes.held.length === 2);
      return calls;
    },
    names: /^Mongo(ClientClosed|PoolClosed|Network)Error$/
  },
  'reading a cursor': {
    enter: async (simulator, client) => {
      simulator.on('find', (_command, reply) => reply.cursor([{ _id: 1 }], { id: 9n }));
      simulator.on('getMore', () => undefined);
      const all = client.db('shop').collection('users').find({}).toArray();
      await until('it asks for more', () => simulator.commands('getMore').length === 1);
      return [all];
    },
    names: /^MongoClientClosedError$/
  },
  'looking for a server': {
    options: { readPreference: 'secondary' },
    enter: async (simulator, client) => {
      await client.connect().then(undefined, () => undefined);
      const call = find(client);
      await until('the monitor has an answer', () => simulator.connections.length > 0);
      return [call];
    },
    names: /^Mongo(TopologyClosed|ClientClosed|ServerSelection)Error$/
  }
};

describe('closing a client', () => {
  const stage = useStage();

  for (const [name, { options, enter, names }] of Object.entries(states)) {
    it(`is quick and tells every caller: ${name}`, async () => {
      const simulator = await stage.simulator({ replicaSet: 'sim' });
      const limits = { retryReads: false, serverSelectionTimeoutMS: 400, ...options };
      const client = stage.client(simulator.taggedUri(limits));
      const events = await processEvents(async () => {
        const calls = (await enter(simulator, client)).map(call => failure(call, 4000));
        await within(4000, 'closing', client.close());
        for (const error of await Promise.all(calls)) expect(error.name).to.match(names);
        await until('every socket is closed', () => simulator.open.length === 0);
      });
      expect(events).to.deep.equal([]);
    });
  }

  it('is quick while it connects', async () => {
    const simulator = await stage.simulator();
    simulator.on('handshake', () => undefined);
    const client = stage.client(simulator.uri());
    const connecting = settle(client.connect());
    await until('the monitor shakes hands', () => simulator.commands().length > 0);
    await within(4000, 'closing', client.close());
    const { error } = await within(4000, 'connecting', connecting);
    expect(error?.name).to.match(/^Mongo\w+Error$/);
    await until('every socket is closed', () => simulator.open.length === 0);
  });

  it('may be done twice at once, and again', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.uri());
    await find(client);
    await within(4000, 'closing', Promise.all([client.close(), client.close()]));
    await within(4000, 'closing again', client.close());
    expect((await failure(find(client))).name).to.equal('MongoNotConnectedError');
    await until('every socket is closed', () => simulator.open.length === 0);
  });

  it('is quick when three servers have fallen silent', async () => {
    const simulators = [await stage.simulator(), await stage.simulator(), await stage.simulator()];
    const hosts = simulators.map(({ address }) => address);
    for (const [i, { hello }] of simulators.entries()) {
      const primary = i === 0;
      const role = { isWritablePrimary: primary, ismaster: primary, secondary: !primary };
      hello.shape.hello = { setName: 'sim', setVersion: 1, hosts, me: hosts[i], primary: hosts[0], ...role };
    }
    const client = stage.client(
      `mongodb://${hosts.join()}/?replicaSet=sim&retryReads=false&heartbeatFrequencyMS=100`
    );
    await find(client);
    for (const simulator of simulators) {
      for (const command of ['hello', 'find', 'endSessions', 'handshake'])
        simulator.on(command, () => undefined);
    }
    const calls = [find(client), find(client), find(client)].map(call => failure(call, 3000));
    await until('the calls are under way', () => simulators[0]!.commands('find').length > 1);
    await within(4000, 'closing', client.close());
    for (const error of await Promise.all(calls))
      expect(error.name).to.match(/^Mongo\w+ClosedError$|^MongoNetworkError$/);
    await until('every socket is closed', () => simulators.every(({ open }) => open.length === 0), 1000);
  });

  it('leaves no handle that would keep the process alive', async () => {
    const simulator = await stage.simulator({ replicaSet: 'sim', streaming: true });
    simulator.on('find', (command, reply) => (command.filter.hang ? undefined : reply.cursor([])));
    const child = fork(join(__dirname, '../support/closing-client.ts'), [simulator.uri()], {
      execArgv: ['--import', 'tsx']
    });
    stage.after(() => child.kill('SIGKILL'));
    const [left] = await within(8000, 'closing', once(child, 'message'));
    expect(left, 'handles after closing').to.deep.equal([]);
    const [code] = await within(4000, 'the end of the process', once(child, 'exit'));
    expect(code).to.equal(0);
  });
});
