import { expect } from 'chai';
import type {
  CommandFailedEvent,
  CommandStartedEvent,
  CommandSucceededEvent,
  ConnectionCheckedInEvent,
  ConnectionCheckedOutEvent
} from 'mongodb';
import { settle, until } from '../support/bounds';
import type { MongoClient } from '../support/motor';
import { answer, pipelined } from '../support/pipelined';
import { atRest } from '../support/pool-counts';
import { useStage } from '../support/stage';

describe('the events of pipelined operations', () => {
  const stage = useStage();

  it('have a check-in for each check-out, of connections that are never out too often', async () => {
    const { client, users, held, release } = await pipelined(
      stage,
      2,
      { pipelining: 3 },
      { replicaSet: 'sim' }
    );
    const ledger = new Ledger(client);
    const calls = Array.from({ length: 12 }, (_, _id) => settle(users.findOne({ _id })));
    await until('six have arrived', () => held.length === 6);
    expect([...ledger.out.values()]).to.deep.equal([3, 3]);
    expect(ledger.counts).to.deep.equal({ started: 12, out: 6, in: 0, failed: 0 });
    const broken = held[0]!.connection;
    release();
    broken.reset();
    for (const { error } of await Promise.all(calls)) expect(error).to.equal(undefined);
    const { counts } = ledger;
    expect(counts.started).to.equal(counts.out + counts.failed);
    expect(counts.out).to.equal(counts.in).and.least(12);
    expect([...ledger.out.values()].every(holders => holders === 0)).to.equal(true);
    expect(ledger.most).to.equal(3);
    expect(atRest(client)).to.equal(true);
  });

  it('tell each command from the others', async () => {
    const { client, users, held } = await pipelined(stage, 1, { monitorCommands: true });
    const log = new CommandLog(client);
    const calls = Array.from({ length: 6 }, (_, _id) => settle(users.findOne({ _id })));
    await until('all have arrived', () => held.length === 6);
    expect(log.started.map(({ command }) => command.filter._id)).to.deep.equal([0, 1, 2, 3, 4, 5]);
    const ids = log.started.map(({ requestId }) => requestId);
    expect(new Set(ids).size).to.equal(6);
    expect(new Set(log.started.map(({ connectionId }) => connectionId)).size).to.equal(1);
    for (const reply of held.splice(0).reverse()) {
      if (reply.request.command.filter._id === 2) reply.fail(2, 'BadValue');
      else answer(reply);
    }
    const outcomes = await Promise.all(calls);
    expect(outcomes.map(({ value }) => value)).to.deep.equal(
      [0, 1, 2, 3, 4, 5].map(_id => (_id === 2 ? undefined : { _id }))
    );
    expect(log.succeeded.map(({ requestId }) => requestId)).to.deep.equal(
      ids.toReversed().filter(id => id !== ids[2])
    );
    for (const { requestId, reply } of log.succeeded) {
      expect(reply).to.have.nested.property('cursor.firstBatch[0]._id', ids.indexOf(requestId));
    }
    expect(log.failed.map(({ requestId }) => requestId)).to.deep.equal([ids[2]]);
    expect(atRest(client)).to.equal(true);
  });

  it('tell of the failure of each command on a connection that breaks', async () => {
    const { client, users, held } = await pipelined(stage, 1, { monitorCommands: true, retryReads: false });
    const log = new CommandLog(client);
    const calls = Array.from({ length: 5 }, (_, _id) => settle(users.findOne({ _id })));
    await until('all have arrived', () => held.length === 5);
    held[0]!.connection.reset();
    const outcomes = await Promise.all(calls);
    expect(new Set(outcomes.map(({ error }) => error)).size).to.equal(5);
    const ids = log.started.map(({ requestId }) => requestId);
    expect(log.failed.map(({ requestId }) => requestId)).to.deep.equal(ids);
    expect(log.failed.map(({ failure }) => failure.name)).to.deep.equal(ids.map(() => 'MongoNetworkError'));
    expect(log.succeeded).to.deep.equal([]);
    await until('the pool is at rest', () => atRest(client));
  });

  it('may begin other operations', async () => {
    const { client, users, held, release } = await pipelined(stage, 1, { monitorCommands: true });
    const begun: PromiseLike<unknown>[] = [];
    client.on('commandStarted', ({ command }) => {
      if (command.filter._id < 3) begun.push(users.findOne({ _id: command.filter._id + 3 }));
    });
    client.once('connectionCheckedOut', () => begun.push(users.findOne({ _id: 9 })));
    const calls = Array.from({ length: 3 }, (_, _id) => users.findOne({ _id }));
    await until('all have arrived', () => held.length === 7);
    release();
    expect(await Promise.all(calls)).to.deep.equal([{ _id: 0 }, { _id: 1 }, { _id: 2 }]);
    expect(await Promise.all(begun)).to.deep.equal([9, 3, 4, 5].map(_id => ({ _id })));
    expect(atRest(client)).to.equal(true);
  });
});

/** How often each connection is out, by the events. */
class Ledger {
  readonly counts = { started: 0, out: 0, in: 0, failed: 0 };
  readonly out = new Map<unknown, number>();
  most = 0;

  constructor(client: MongoClient) {
    client.on('connectionCheckOutStarted', () => this.counts.started++);
    client.on('connectionCheckOutFailed', () => this.counts.failed++);
    client.on('connectionCheckedOut', ({ connectionId }: ConnectionCheckedOutEvent) => {
      this.counts.out++;
      this.#add(connectionId, 1);
    });
    client.on('connectionCheckedIn', ({ connectionId }: ConnectionCheckedInEvent) => {
      this.counts.in++;
      this.#add(connectionId, -1);
    });
  }

  #add(id: unknown, change: 1 | -1): void {
    const holders = (this.out.get(id) ?? 0) + change;
    this.out.set(id, holders);
    this.most = Math.max(this.most, holders);
  }
}

class CommandLog {
  readonly started: CommandStartedEvent[] = [];
  readonly succeeded: CommandSucceededEvent[] = [];
  readonly failed: CommandFailedEvent[] = [];

  constructor(client: MongoClient) {
    client.on('commandStarted', event => this.started.push(event));
    client.on('commandSucceeded', event => this.succeeded.push(event));
    client.on('commandFailed', event => this.failed.push(event));
  }
}
