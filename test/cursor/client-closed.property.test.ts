import { expect } from 'chai';
import fc from 'fast-check';
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

describe('a cursor whose client is closed at any time', () => {
  const stage = useStage();

  it('gives all or throws: what was read does not pass for all', async function () {
    this.timeout(60_000);
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    const reader = fc.constantFrom(...believers);
    const soon = fc.integer({ min: 0, max: 14 });
    await fc.assert(
      fc.asyncProperty(reader, batches, soon, fc.boolean(), async ({ read }, plan, turns, prefetch) => {
        serve(simulator, plan);
        const client = stage.client(simulator.uri());
        await client.connect();
        const reading = settle(read(client.db('shop').collection('users').find({}, { prefetch })));
        for (let turn = 0; turn < turns; turn++) await pause('turn');
        await client.close();
        const { value, error } = await within(3000, 'reading', reading);
        if (error) expect(error.name).to.equal('MongoClientClosedError');
        else expect(value).to.deep.equal(ALL);
      }),
      { numRuns: 500 }
    );
  });
});
