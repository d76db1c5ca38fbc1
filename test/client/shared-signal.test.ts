import { expect } from 'chai';
import { getEventListeners } from 'node:events';
import type { Readable } from 'node:stream';
import { failure, until } from '../support/bounds';
import { FaultyServer } from '../support/faulty-server';
import type { Collection, MongoClient } from '../support/motor';
import { poolOf } from '../support/pool-counts';
import { processEvents } from '../support/process-events';
import { useStage } from '../support/stage';

const CALLS = 30;

type Use = (to: { client: MongoClient; users: Collection; signal: AbortSignal }) => PromiseLike<unknown>;

const SEVEN = { of: 1, count: 7 };

async function leave(documents: Readable | AsyncIterable<unknown>): Promise<void> {
  let left = 3;
  for await (const _ of documents) if (--left === 0) break;
}

const uses: Record<string, Use> = {
  findOne: ({ users, signal }) => users.findOne({ of: 1, count: 1 }, { signal }),
  insertOne: ({ users, signal }) => users.insertOne({}, { signal } as object),
  insertMany: ({ users, signal }) => users.insertMany([{}, {}], { signal } as object),
  'a client’s bulkWrite': ({ client, signal }) =>
    client.bulkWrite([{ name: 'insertOne', namespace: 'shop.users', document: {} }], { signal } as object),
  toArray: ({ users, signal }) => users.find(SEVEN, { signal }).toArray(),
  jsonBuffer: ({ users, signal }) => users.find(SEVEN, { signal }).jsonBuffer(),
  'a loop': ({ users, signal }) => leave(users.find(SEVEN, { signal })),
  'a cursor that is closed': async ({ users, signal }) => {
    const cursor = users.find(SEVEN, { signal });
    await cursor.next();
    await cursor.close();
  },
  'a cursor that is read again': async ({ users, signal }) => {
    const cursor = users.find(SEVEN, { signal });
    await cursor.toArray();
    cursor.rewind();
    await cursor.toArray();
  },
  'a stream': ({ users, signal }) =>
    users
      .find(SEVEN, { signal })
      .stream()
      .forEach(() => {}),
  'a stream that is left': ({ users, signal }) => leave(users.find(SEVEN, { signal }).stream()),
  'a JSON stream that is left': ({ users, signal }) => leave(users.find(SEVEN, { signal }).jsonStream())
};

describe('a signal that is shared by many calls', () => {
  const stage = useStage();

  async function connected(): Promise<{ client: MongoClient; users: Collection }> {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    new FaultyServer(simulator, Math.random, 0);
    const client = stage.client(simulator.uri({ maxPoolSize: 2 }));
    await client.connect();
    return { client, users: client.db('shop').collection('users') };
  }

  const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

  for (const [what, use] of Object.entries(uses)) {
    it(`is let go of, and nothing warns of a leak: ${what}`, async () => {
      const { signal } = new AbortController();
      const to = { ...(await connected()), signal };
      const many = async (): Promise<unknown> => Promise.all(Array.from({ length: CALLS }, () => use(to)));
      expect(await processEvents(async () => void (await many()))).to.deep.equal([]);
      expect(listeners(signal)).to.equal(0);
    });
  }

  it('ends all of them, those that wait and those that are under way', async () => {
    const simulator = await stage.simulator();
    let answers = false;
    simulator.on('find', (_command, reply) => (answers ? reply.cursor([{ _id: 1 }]) : undefined));
    const client = stage.client(simulator.uri({ maxPoolSize: 2 }));
    await client.connect();
    const users = client.db('shop').collection('users');
    const controller = new AbortController();
    const { signal } = controller;
    const calls = Array.from({ length: CALLS }, (_, i) =>
      failure(i % 2 ? users.findOne({}, { signal }) : users.find({}, { signal }).toArray())
    );
    await until('both connections are taken', () => poolOf(client).currentCheckedOutCount === 2);
    expect(listeners(signal)).to.equal(1);
    controller.abort(new RangeError('never mind'));
    for (const error of await Promise.all(calls)) expect(error).to.equal(signal.reason);
    expect(listeners(signal)).to.equal(0);
    answers = true;
    expect(await users.findOne({})).to.deep.equal({ _id: 1 });
  });
});
