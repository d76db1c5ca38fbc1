import { expect } from 'chai';
import fc from 'fast-check';
import type { Document, FindOptions } from 'mongodb';
import type { FindCursor, MongoClient } from '../../lib';
import { settle, sleep, until, within } from '../support/bounds';
import { CursorLedger } from '../support/cursor-ledger';
import { activeCursors } from '../support/inside';
import { nothingIsLeft } from '../support/nothing-is-left';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';
import { calls, readers } from './at-once';

const ALL = Array.from({ length: 11 }, (_, _id) => ({ _id }));

const options = fc.record({
  batchSize: fc.integer({ min: 1, max: 12 }),
  limit: fc.integer({ min: 0, max: 13 }),
  prefetch: fc.boolean()
});

const severalReaders = fc.array(fc.constantFrom(...readers), { minLength: 2, maxLength: 5 });
const severalCalls = fc.array(fc.constantFrom(...calls), { minLength: 1, maxLength: 4 });
const severalTimes = fc.array(severalCalls, { minLength: 1, maxLength: 4 });

/** Whether a session of the caller's is used, whether calls are waited for, and what fails once. */
const circumstances = fc.record({
  explicit: fc.boolean(),
  waits: fc.boolean(),
  failing: fc.option(fc.constantFrom('find', 'getMore'))
});

describe('a cursor that is used by several at once', () => {
  const stage = useStage();
  let simulator: Simulator;
  let ledger: CursorLedger;
  let client: MongoClient;
  beforeEach(async () => {
    simulator = await stage.simulator({ replicaSet: 'sim' });
    ledger = new CursorLedger(simulator, ALL);
    client = stage.client(simulator.uri(), { retryReads: false });
    await client.connect();
  });

  const find = (how: FindOptions = {}): FindCursor => client.db('shop').collection('users').find({}, how);

  async function allIsFreed(): Promise<void> {
    await until('no cursor is known', () => activeCursors(client) === 0, 1000);
    await nothingIsLeft(client, ledger);
  }

  it('gives each document once, in whatever ways it is read', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(severalReaders, options, async (several, how) => {
        const before = simulator.commands('find').length;
        const cursor = find(how);
        const reading = Promise.all(several.map(({ read }) => read(cursor)));
        const documents: Document[] = (await within(2000, 'reading', reading)).flat();
        const ids = documents.map(({ _id }) => _id as number).sort((a, b) => a - b);
        expect(ids).to.deep.equal(ALL.slice(0, how.limit || undefined).map(({ _id }) => _id));
        expect(simulator.commands('find').length - before).to.equal(1);
        await allIsFreed();
      }),
      { numRuns: 300 }
    );
  });

  it('leaves nothing open, whatever is called', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        severalTimes,
        options,
        circumstances,
        async (times, how, { explicit, waits, failing }) => {
          ledger.open.clear(); // when a smaller example is looked for
          const session = explicit && !how.prefetch ? client.startSession() : undefined;
          if (failing) simulator.once(failing, (_, reply) => reply.fail(8000, 'AtlasError'));
          const cursor = find({ ...how, ...(session && { session }) });
          for (const several of times) {
            const called = Promise.all(several.map(({ call }) => settle(call(cursor))));
            await (waits ? within(2000, 'all of them', called) : sleep(0));
          }
          await within(2000, 'closing', settle(cursor.close()));
          await until('no cursor is open', () => ledger.open.size === 0, 1000);
          await session?.endSession();
          await allIsFreed();
        }
      ),
      { numRuns: 500 }
    );
  });

  it('gives documents in the order of the calls', async () => {
    const cursor = find({ batchSize: 2 });
    const seen = await Promise.all(ALL.map(() => cursor.next()));
    expect(seen).to.deep.equal(ALL);
    await allIsFreed();
  });

  it('tells all of them that it has no more', async () => {
    const cursor = find({ batchSize: 2, limit: 2 });
    const seen = await Promise.all([cursor.next(), cursor.next(), cursor.next(), cursor.next()]);
    expect(seen).to.deep.equal([{ _id: 0 }, { _id: 1 }, null, null]);
  });

  for (const name of ['find', 'getMore']) {
    it(`fails all of them when its ${name} fails`, async () => {
      simulator.on(name, (_, reply) => reply.fail(8000, 'AtlasError', 'no more'));
      const cursor = find({ batchSize: 2 });
      if (name === 'getMore') await cursor.nextBatch();
      const reads = [cursor.next(), cursor.hasNext(), cursor.toArray(), cursor.tryNext(), cursor.nextBatch()];
      const outcomes = await within(2000, 'failing', Promise.all(reads.map(read => settle<unknown>(read))));
      expect(outcomes.map(({ error }) => error?.message)).to.deep.equal(reads.map(() => 'no more'));
      await allIsFreed();
    });
  }

  it('is closed on the server when it was closed before that had answered', async () => {
    const cursor = find({ batchSize: 2 });
    const reading = cursor.hasNext();
    await cursor.close();
    await reading;
    await allIsFreed();
    expect(ledger.opened).to.equal(1);
  });

  it('begins anew when it is rewound while a batch is on its way', async () => {
    const cursor = find({ batchSize: 2 });
    await cursor.nextBatch();
    const reading = cursor.next();
    cursor.rewind();
    expect(await reading).to.deep.equal({ _id: 0 });
    expect(await cursor.toArray()).to.deep.equal(ALL.slice(1));
    await allIsFreed();
    expect(ledger.opened).to.equal(2);
  });
});
