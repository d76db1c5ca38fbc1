import { expect } from 'chai';
import fc from 'fast-check';
import type { MongoClient } from '../../lib';
import { settle, within } from '../support/bounds';
import type { Simulator } from '../support/simulator';
import { pause } from '../support/simulator-reply';
import { useStage } from '../support/stage';
import { believers } from './at-once';

const ALL = Array.from({ length: 9 }, (_, _id) => ({ _id }));

/** How many documents each batch has, after the first, and how many turns it takes. */
const batches = fc.array(
  fc.record({ size: fc.integer({ min: 0, max: 3 }), turns: fc.integer({ min: 0, max: 3 }) }),
  { maxLength: 6 }
);

interface Ended {
  readonly client: MongoClient;
  readonly abort: AbortController;
}

type Batches = typeof batches extends fc.Arbitrary<infer T> ? T : never;

/** Has all documents in such batches, and then the rest in one. */
function serve(simulator: Simulator, plan: Batches): void {
  const given = new Map<string, number>();
  let asked = 0;
  simulator.on('find', (_, reply) => {
    const id = BigInt(given.size + 1);
    given.set(String(id), 2);
    return reply.cursor(ALL.slice(0, 2), { id });
  });
  simulator.on('getMore', async ({ getMore }, reply) => {
    const { size, turns } = plan[asked++] ?? { size: ALL.length, turns: 0 };
    const start = given.get(String(getMore)) ?? 0;
    const end = Math.min(start + size, ALL.length);
    given.set(String(getMore), end);
    for (let turn = 0; turn < turns; turn++) await pause('turn');
    const id = end < ALL.length ? BigInt(getMore) : 0n;
    reply.send(reply.cursor(ALL.slice(start, end), { id, batch: 'nextBatch' }));
  });
  simulator.on('killCursors', ({ cursors }) => ({ cursorsKilled: cursors }));
  simulator.on('endSessions', () => ({}));
}

/** What ends a reading, and the error that it ends with. */
const ends = fc.constantFrom(
  { error: 'MongoClientClosedError', end: ({ client }: Ended) => client.close() },
  {
    error: 'Left',
    end: ({ abort }: Ended) => abort.abort(Object.assign(new Error('left'), { name: 'Left' }))
  }
);

describe('a cursor whose client is closed or whose signal is aborted at any time', () => {
  const stage = useStage();

  it('gives all or throws: what was read does not pass for all', async function () {
    this.timeout(60_000);
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    const reader = fc.constantFrom(...believers);
    const soon = fc.integer({ min: 0, max: 14 });
    await fc.assert(
      fc.asyncProperty(
        reader,
        batches,
        soon,
        fc.boolean(),
        ends,
        async ({ read }, plan, turns, prefetch, by) => {
          serve(simulator, plan);
          const client = stage.client(simulator.uri());
          await client.connect();
          const abort = new AbortController();
          const options = { prefetch, signal: abort.signal };
          const reading = settle(read(client.db('shop').collection('users').find({}, options)));
          for (let turn = 0; turn < turns; turn++) await pause('turn');
          await by.end({ client, abort });
          const { value, error } = await within(3000, 'reading', reading);
          if (error) expect(error.name).to.equal(by.error);
          else expect(value).to.deep.equal(ALL);
          await client.close();
        }
      ),
      { numRuns: 500 }
    );
  });
});
