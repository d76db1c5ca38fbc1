import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect } from 'chai';
import type { Document } from 'mongodb';
import { failure, until } from '../support/bounds';
import { messageOf } from '../support/child';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';
import { styles } from '../support/styles';
import type { Outcome } from '../support/throwing-subscriber';
import { type Message, recordChannels } from './channel-recorder';

const ALL = ['operation', 'checkout', 'command'];

const brief = (messages: Message[]): string[] =>
  messages.map(([channel, phase, { operation, commandName = '' }]) =>
    `${channel} ${phase} ${String(operation ?? commandName)}`.trim()
  );

describe('the tracing channels', () => {
  const stage = useStage();
  let simulator: Simulator;
  let stop: () => void = () => undefined;

  beforeEach(async () => {
    simulator = await stage.simulator({ replicaSet: 'sim' });
  });
  afterEach(() => stop());

  function record(...names: string[]): Message[] {
    const recorded = recordChannels(...names);
    stop = recorded.stop;
    return recorded.messages;
  }

  for (const [style, call] of Object.entries(styles)) {
    it(`tell of an operation, its check-out and its command, in this order, in ${style} style`, async () => {
      const client = stage.client(simulator.uri());
      await client.connect();
      const messages = record(...ALL);
      await call(client.db('shop').collection('users'), 'findOne', { a: 1 });
      expect(brief(messages)).to.deep.equal([
        'operation start find',
        'checkout start',
        'checkout end',
        'operation end find',
        'checkout asyncStart',
        'checkout asyncEnd',
        'command start find',
        'command end find',
        'command asyncStart find',
        'command asyncEnd find',
        'operation asyncStart find',
        'operation asyncEnd find'
      ]);
    });

    it(`let what a subscriber binds be seen inside, and the caller's own context after, in ${style} style`, async () => {
      const client = stage.client(simulator.uri(), { monitorCommands: true });
      await client.connect();
      const bound = new AsyncLocalStorage<string>();
      const callers = new AsyncLocalStorage<string>();
      const seen: unknown[] = [];
      const { start } = tracingChannel('mongo-motor:operation');
      const look = (): void => void seen.push([bound.getStore(), callers.getStore()]);
      start.bindStore(bound, context => (context as Document).operation as string);
      stop = () => start.unbindStore(bound);
      client.on('commandStarted', look).on('commandSucceeded', look);
      const users = client.db('shop').collection('users');
      await bound.run('outside', () =>
        callers.run('caller', async () => {
          await call(users, 'findOne', {});
          await call(users, 'insertOne', {});
          look();
        })
      );
      expect(seen).to.deep.equal([
        ['find', 'caller'],
        ['find', 'caller'],
        ['insert', 'caller'],
        ['insert', 'caller'],
        ['outside', 'caller']
      ]);
    });
  }

  it('tell what it is about, and no data unless it is asked for', async () => {
    const client = stage.client(simulator.uri());
    await client.connect();
    const messages = record(...ALL);
    await client.db('shop').collection('users').findOne({ name: 'Ada' });
    const [operation, checkOut, command] = ALL.map(
      name => messages.find(([channel]) => channel === name)![2]
    );
    const address = `127.0.0.1:${simulator.port}`;
    expect({ ...operation }).to.deep.equal({
      database: 'shop',
      collection: 'users',
      operation: 'find',
      result: undefined
    });
    expect({ ...checkOut }).to.deep.equal({ address, connectionId: 1, result: undefined });
    expect({ ...command, requestId: 0, serverConnectionId: 0 }).to.deep.equal({
      database: 'shop',
      collection: 'users',
      commandName: 'find',
      requestId: 0,
      address,
      connectionId: 1,
      serverConnectionId: 0,
      result: undefined
    });
    for (const context of [operation, checkOut, command]) expect(inspect(context)).not.to.include('Ada');
    expect(command!.command).to.deep.include({ find: 'users', filter: { name: 'Ada' }, $db: 'shop' });
    expect(operation!.client).to.equal(client);
  });

  it('tell of errors, each attempt apart', async () => {
    const client = stage.client(simulator.uri());
    await client.connect();
    simulator.once('find', (_command, reply) => reply.fail(91, 'ShutdownInProgress', 'bye'));
    simulator.on('find', (_command, reply) => reply.fail(2, 'BadValue', 'no'));
    const messages = record('operation', 'command');
    const error = await failure(client.db('shop').collection('users').findOne({}));
    const errors = messages.filter(([, phase]) => phase === 'error');
    expect(brief(errors)).to.deep.equal(['command error find', 'command error find', 'operation error find']);
    expect(errors.map(([, , context]) => (context.error as { code: number }).code)).to.deep.equal([91, 2, 2]);
    expect(errors.at(-1)![2].error).to.equal(error);
  });

  it('tell of a failed check-out', async () => {
    const client = stage.client(simulator.uri(), { maxPoolSize: 1, waitQueueTimeoutMS: 30 });
    const users = client.db('shop').collection('users');
    simulator.once('insert', () => undefined);
    await client.connect();
    void users.insertOne({}).catch(() => undefined);
    const messages = record('checkout');
    const error = await failure(users.findOne({}));
    expect(error.name).to.equal('MongoWaitQueueTimeoutError');
    expect(messages.find(([, phase]) => phase === 'error')![2].error).to.equal(error);
  });

  it('tell the id of a cursor, with the command that opens it and those about it', async () => {
    const client = stage.client(simulator.uri());
    await client.connect();
    simulator.once('find', (_command, reply) => reply.cursor([{ a: 1 }], { id: 5n }));
    simulator.once('getMore', (_command, reply) => reply.cursor([{ a: 2 }], { batch: 'nextBatch' }));
    const messages = record('command');
    await client.db('shop').collection('users').find({}).toArray();
    const ended = messages.filter(([, phase]) => phase === 'asyncEnd').map(([, , context]) => context);
    expect(ended.map(({ commandName, cursorId }) => [commandName, cursorId])).to.deep.equal([
      ['find', 5n],
      ['getMore', 5n]
    ]);
  });

  it('tell nothing of handshakes and monitors', async () => {
    const messages = record(...ALL);
    const client = stage.client(simulator.uri(), { serverMonitoringMode: 'poll', heartbeatFrequencyMS: 500 });
    let heartbeats = 0;
    client.on('serverHeartbeatSucceeded', () => heartbeats++);
    await client.db('shop').collection('users').findOne({});
    await until('a second heartbeat', () => heartbeats > 1);
    expect(new Set(messages.map(([, , { commandName }]) => commandName))).to.deep.equal(
      new Set([undefined, 'find'])
    );
  });

  it('never give commands that carry credentials', async () => {
    const client = stage.client(simulator.uri());
    await client.connect();
    simulator.on('createUser', () => ({})).on('saslStart', () => ({ payload: 'hunter2' }));
    const messages = record('command');
    await client.db('admin').command({ createUser: 'ada', pwd: 'hunter2', roles: [] });
    await client.db('admin').command({ saslStart: 1, payload: 'hunter2' });
    expect(messages).not.to.have.length(0);
    for (const [, , context] of messages) {
      expect(context.command).to.equal(undefined);
      expect(context.collection).to.equal(undefined);
      expect(inspect(context, { showHidden: true, getters: true, depth: 9 })).not.to.include('hunter2');
    }
  });

  it('let operations go on when a subscriber throws, which Node reports', async function () {
    this.timeout(20_000);
    const path = join(__dirname, '../support/throwing-subscriber.ts');
    const outcome = await messageOf<Outcome>(path, [simulator.uri()]);
    expect(outcome).to.deep.equal({ acknowledged: true, reported: 6 });
  });
});
