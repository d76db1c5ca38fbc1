import { expect } from 'chai';
import * as driver from 'mongodb';
import { MongoClient } from '../../lib';
import { settle, sleep } from '../support/bounds';
import { COMMAND_EVENTS, POOL_EVENTS, record } from '../support/recorder';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

type Scenario = (client: driver.MongoClient, simulator: Simulator) => Promise<unknown>;

const users = (client: driver.MongoClient): driver.Collection => client.db('shop').collection('users');

const scenarios: Record<string, Scenario> = {
  'operations one after another': async client => {
    await users(client).findOne({ a: 1 });
    await users(client).insertOne({ _id: 1 as never });
    await users(client).updateMany({}, { $set: { a: 1 } }, { comment: 'c' });
    await users(client).deleteOne({ a: 1 });
    await client.db('shop').command({ ping: 1 });
  },
  'a bulk write': client =>
    users(client).bulkWrite([
      { insertOne: { document: { _id: 1 as never } } },
      { deleteMany: { filter: { a: 1 } } }
    ]),
  'a cursor of several batches': (client, simulator) => {
    simulator.once('find', (_command, reply) => reply.cursor([{ a: 1 }, { a: 2 }], { id: 5n }));
    simulator.once('getMore', (_command, reply) => reply.cursor([{ a: 3 }], { id: 5n, batch: 'nextBatch' }));
    return users(client).find({}, { batchSize: 2 }).toArray();
  },
  'a cursor that is closed early': async (client, simulator) => {
    simulator.once('find', (_command, reply) => reply.cursor([{ a: 1 }, { a: 2 }], { id: 5n }));
    const cursor = users(client).find({}, { batchSize: 2 });
    await cursor.next();
    await cursor.close();
  },
  'a write that is not acknowledged': async (client, simulator) => {
    simulator.once('insert', () => undefined);
    await users(client).insertOne({ _id: 1 as never }, { writeConcern: { w: 0 } });
    await users(client).findOne({});
  },
  'an error of the server': (client, simulator) => {
    simulator.on('find', (_command, reply) => reply.fail(2, 'BadValue', 'no'));
    return users(client).findOne({});
  },
  'write errors': (client, simulator) => {
    simulator.on('insert', () => ({ n: 0, writeErrors: [{ index: 0, code: 11000, errmsg: 'E11000' }] }));
    return users(client).insertOne({ _id: 1 as never });
  },
  'a network error, tried again': (client, simulator) => {
    simulator.once('find', (_command, _reply, connection) => connection.end());
    return users(client).findOne({});
  },
  'an error that says the primary is another, tried again': (client, simulator) => {
    simulator.once('insert', (_command, reply) =>
      reply.fail(91, 'ShutdownInProgress', 'bye', { errorLabels: ['RetryableWriteError'] })
    );
    return users(client).insertOne({ _id: 1 as never });
  },
  'commands that are to be redacted': async client => {
    await client.db('admin').command({ saslStart: 1, payload: 'secret' });
    await client.db('admin').command({ getnonce: 1 });
  }
};

describe('the events of a client', () => {
  const stage = useStage();

  async function eventsOf(client: driver.MongoClient, names: readonly string[], run: () => Promise<unknown>) {
    const events = record(client, names);
    await client.connect();
    await settle(run());
    await sleep(20);
    await client.close();
    return events;
  }

  for (const [name, scenario] of Object.entries(scenarios)) {
    for (const [kind, names] of Object.entries({ pool: POOL_EVENTS, command: COMMAND_EVENTS })) {
      it(`are those of the driver's client, in names, order and fields: ${name} (${kind})`, async () => {
        const options = { monitorCommands: true, retryReads: true, retryWrites: true };
        const [theirs, ours] = await Promise.all(
          [driver.MongoClient, MongoClient].map(async Client => {
            const simulator = await stage.simulator({ replicaSet: 'sim' });
            simulator.on('getnonce', () => ({ nonce: 'x' })).on('saslStart', () => ({ payload: 'y' }));
            const client = new Client(simulator.uri(), options);
            stage.after(() => client.close());
            return eventsOf(client, names, () => scenario(client, simulator));
          })
        );
        expect(theirs).to.have.length.above(0);
        expect(ours!.map(([event]) => event)).to.deep.equal(theirs!.map(([event]) => event));
        expect(ours).to.deep.equal(theirs);
      });
    }
  }
});
