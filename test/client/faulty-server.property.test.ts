import { expect } from 'chai';
import type { Document } from 'mongodb';
import fc from 'fast-check';
import { type Outcome, settle, until, within } from '../support/bounds';
import { FaultyServer } from '../support/faulty-server';
import type { Collection, MongoClient } from '../support/motor';
import { atRest } from '../support/pool-counts';
import { processEvents } from '../support/process-events';
import { useStage } from '../support/stage';

const MODELS_A_BATCH = 3;

/** A source of numbers from zero to one: the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x7fffffff;
}

/** What may be done, and what it must give. Numbers are its own. */
interface Operation {
  numbers: number[];
  begin(client: MongoClient, users: Collection, options: object): PromiseLike<unknown>;
  gives: unknown;
}

const operations: ((first: number) => Operation)[] = [
  of => ({
    numbers: [],
    begin: async (_client, users, options) => (await users.findOne({ of, count: 1 }, options))?.of as unknown,
    gives: of
  }),
  of => ({
    numbers: [],
    begin: async (_client, users, options) => {
      const all = await users.find({ of, count: 7 }, { ...options, prefetch: of % 2 === 0 }).toArray();
      return all.map(document => document.of as unknown);
    },
    gives: Array<number>(7).fill(of)
  }),
  first => ({
    numbers: [first],
    begin: (_client, users, options) =>
      new Promise((resolve, reject) => {
        users.insertOne({ _id: first } as Document, options, (error, result) =>
          error ? reject(error as Error) : resolve(result?.insertedId)
        );
      }),
    gives: first
  }),
  first => {
    const numbers = Array.from({ length: 7 }, (_, i) => first + i);
    const begin: Operation['begin'] = async (_client, users, options) => {
      return (await users.insertMany(numbers.map(_id => ({ _id })) as Document[], options)).insertedCount;
    };
    return { numbers, begin, gives: 7 };
  },
  first => {
    const numbers = Array.from({ length: 7 }, (_, i) => first + i);
    const models = numbers.map(_id => ({
      name: 'insertOne' as const,
      namespace: 'shop.users',
      document: { _id }
    }));
    const begin: Operation['begin'] = async (client, _users, options) => {
      return ((await client.bulkWrite(models as never, options)) as Document).insertedCount as unknown;
    };
    return { numbers, begin, gives: 7 };
  }
];

const given = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000_000 }),
  rate: fc.constantFrom(0, 0.01, 0.1),
  pipelining: fc.constantFrom(1, 4),
  maxPoolSize: fc.integer({ min: 1, max: 5 }),
  callers: fc.integer({ min: 1, max: 30 }),
  closes: fc.boolean()
});

describe('a client of a faulty server', () => {
  const stage = useStage();

  it('answers every call with what is its own or with an error, writes nothing twice, and loses nothing', async function () {
    this.timeout(120_000);
    const check = async ({
      seed,
      rate,
      callers,
      closes,
      ...options
    }: Parameters<typeof run>[0]): Promise<void> => {
      const events = await processEvents(() => run({ seed, rate, callers, closes, ...options }));
      expect(events).to.deep.equal([]);
    };
    await fc.assert(fc.asyncProperty(given, check), { numRuns: 25, endOnFailure: true });
  });

  async function run(how: {
    seed: number;
    rate: number;
    pipelining: number;
    maxPoolSize: number;
    callers: number;
    closes: boolean;
  }): Promise<void> {
    const { seed, rate, callers, closes, pipelining, maxPoolSize } = how;
    const random = randomFrom(seed);
    const simulator = await stage.simulator({
      replicaSet: 'sim',
      hello: { maxWriteBatchSize: MODELS_A_BATCH }
    });
    const server = new FaultyServer(simulator, random, rate);
    const uri = simulator.uri({ maxPoolSize, socketTimeoutMS: 100, serverSelectionTimeoutMS: 2000 });
    const client = stage.client(uri, { pipelining });
    const users: Collection = client.db('shop').collection('users');
    await client.connect();
    let next = 0;
    let closing: PromiseLike<void> | undefined;
    const call = async (): Promise<void> => {
      while (next < 1500) {
        if (closes && next > 700) closing ??= client.close();
        const operation = operations[Math.floor(random() * operations.length)]!(next);
        next += 10;
        const controller = new AbortController();
        if (random() < 0.1) setTimeout(() => controller.abort(), 3 * random());
        const { signal } = controller;
        const outcome = await within(5000, 'an answer', settle(operation.begin(client, users, { signal })));
        judge(server, operation, outcome);
      }
    };
    await Promise.all(Array.from({ length: callers }, call));
    if (!closes) {
      server.recover();
      await until('the pool is at rest', () => atRest(client));
      expect(simulator.openApplications.length).to.be.most(maxPoolSize);
    }
    await within(4000, 'closing', closing ?? client.close());
    await until('every socket is closed', () => simulator.open.length === 0);
  }

  function judge(
    server: FaultyServer,
    { numbers, gives }: Operation,
    { value, error }: Outcome<unknown>
  ): void {
    if (!error) expect(value).to.deep.equal(gives);
    for (const number of numbers) expect(server.times(number), `of ${number}`).to.be.most(1);
    if (!error) for (const number of numbers) expect(server.times(number), `of ${number}`).to.equal(1);
  }
});
