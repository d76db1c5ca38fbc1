import { expect } from 'chai';
import * as official from 'mongodb';
import { Binary, type Document, Long, Timestamp } from 'mongodb';
import { MongoClient } from '../../lib';
import type { Reply } from '../support/simulator-reply';
import type { Handler } from '../support/simulator-script';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

interface Client extends Pick<official.MongoClient, 'db' | 'connect' | 'close'> {
  on(event: 'commandStarted', listener: () => void): unknown;
}

const timeAt = (t: number): Document => ({
  clusterTime: new Timestamp({ t, i: 1 }),
  signature: { hash: new Binary(Buffer.alloc(20, t)), keyId: Long.fromNumber(t) }
});

/** Of everything that ends with a session, a time and a database. */
async function ask(client: Client): Promise<void> {
  for (const name of ['shop', 'shop', 'a database with a longer name: größer', 'shop']) {
    const users = client.db(name).collection<{ _id: number; a?: number; text?: string }>('users');
    await users.findOne({ _id: 1 });
    await users.findOne({ a: { $gt: 1 } }, { maxTimeMS: 50, readPreference: 'secondaryPreferred' });
    await users.insertOne({ _id: 1, text: 'x'.repeat(2000) });
    await users.updateOne({ _id: 1 }, { $set: { a: 1 } });
    await users.deleteOne({ _id: 1 }, { writeConcern: { w: 'majority' } });
    await users.insertMany([{ _id: 2 }, { _id: 3 }]);
    await users.find({}, { batchSize: 1 }).toArray();
    await users.aggregate([{ $match: {} }]).toArray();
    await client.db(name).command({ ping: 1 });
    await client.db(name).command({ ping: 1, lsid: { id: new Binary(Buffer.alloc(16, 9), 4) } });
  }
}

describe('what a command ends with', () => {
  const stage = useStage();
  let simulator: Simulator;

  /** A reply whose time goes on every third time. */
  function replying(): void {
    let asked = 0;
    const answer =
      (made: (reply: Reply) => Document): Handler =>
      (_command, reply) => ({ ...made(reply), $clusterTime: timeAt(1 + Math.floor(asked++ / 3)) });
    simulator
      .on(
        'find',
        answer(reply => reply.cursor([{ _id: 1 }], { id: 5n, batch: 'firstBatch' }))
      )
      .on(
        'getMore',
        answer(reply => reply.cursor([{ _id: 2 }], { id: 0n, batch: 'nextBatch' }))
      )
      .on(
        'aggregate',
        answer(reply => reply.cursor([{ _id: 1 }]))
      );
    for (const name of ['insert', 'update', 'delete'])
      simulator.on(
        name,
        answer(() => ({ n: 1, nModified: 1 }))
      );
    for (const name of ['ping', 'killCursors', 'endSessions'])
      simulator.on(
        name,
        answer(() => ({}))
      );
  }

  /** All that arrives, with sessions numbered as they come. */
  async function received(make: (uri: string) => Client, heard: boolean): Promise<Document[]> {
    simulator = await stage.simulator({ replicaSet: 'sim' });
    replying();
    const client = make(simulator.uri({ maxPoolSize: 1 }));
    let told = 0;
    if (heard) client.on('commandStarted', () => told++);
    await client.connect();
    await ask(client);
    await client.close();
    expect(told > 0).to.equal(heard);
    const sessions: string[] = [];
    return simulator
      .commands()
      .filter(({ name }) => /find|getMore|insert|update|delete|aggregate|ping/.test(name))
      .map(({ command }) => {
        const id = (command.lsid as { id: Binary } | undefined)?.id.toString('hex') ?? '';
        if (!sessions.includes(id)) sessions.push(id);
        return official.BSON.EJSON.serialize({ ...command, lsid: sessions.indexOf(id) }, { relaxed: false });
      });
  }

  const ours = (options: object) => (uri: string) => new MongoClient(uri, options);
  const theirs = (uri: string): Client => new official.MongoClient(uri, { monitorCommands: true });
  const sorted = (commands: Document[]): Document[] =>
    commands.map(command => Object.fromEntries(Object.entries(command).sort(([a], [b]) => (a < b ? -1 : 1))));

  it('is the same whether anybody hears of it or nobody, and as the driver has it', async () => {
    const unheard = await received(ours({}), false);
    const heard = await received(ours({ monitorCommands: true }), true);
    const drivers = await received(theirs, true);
    expect(unheard).to.have.length(drivers.length);
    expect(new Set(unheard.map(({ $clusterTime }) => JSON.stringify($clusterTime))).size).to.be.above(10);
    expect(sorted(unheard)).to.deep.equal(sorted(heard));
    expect(sorted(unheard)).to.deep.equal(sorted(drivers));
  });
});
