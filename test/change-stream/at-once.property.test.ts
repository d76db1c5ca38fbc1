import { expect } from 'chai';
import fc from 'fast-check';
import type { ChangeStream, MongoClient } from '../../lib';
import { until, within } from '../support/bounds';
import { ChangeLog, type Step } from '../support/change-log';
import { activeCursors, activeSessions } from '../support/inside';
import { atRest } from '../support/pool-counts';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

const LENGTH = 40;

const n = (change: unknown): number => (change as { n: number }).n;

/** By name, what reads one change of a stream, or none. */
const reads: Record<string, (stream: ChangeStream) => Promise<number[]>> = {
  next: async stream => [n(await stream.next())],
  tryNext: async stream => {
    const change = await stream.tryNext();
    return change ? [n(change)] : [];
  },
  'hasNext and next': async stream => ((await stream.hasNext()) ? [n(await stream.next())] : [])
};

const resumable: Step = (_, reply) =>
  reply.fail(6, 'HostUnreachable', 'away', { errorLabels: ['ResumableChangeStreamError'] });
const reset: Step = (_command, _reply, connection) => connection.reset();

/** What the server answers with, by what fast-check prints. */
const answers: Record<string, Step> = { none: 0, one: 1, three: 3, 'an error': resumable, 'a reset': reset };

const times = fc.array(
  fc.record({
    several: fc.array(fc.constantFrom(...Object.keys(reads)), { minLength: 1, maxLength: 4 }),
    answered: fc.array(fc.constantFrom(...Object.keys(answers)), { maxLength: 3 })
  }),
  { minLength: 1, maxLength: 5 }
);

describe('a change stream that several read at once', () => {
  const stage = useStage();
  let simulator: Simulator;
  let client: MongoClient;
  beforeEach(async () => {
    simulator = await stage.simulator({ replicaSet: 'sim' });
    client = stage.client(simulator.uri());
    await client.connect();
  });

  it('gives each change once, in their order, also when it resumes', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(times, async all => {
        const log = new ChangeLog(simulator, LENGTH);
        const stream = client.db('shop').collection('users').watch();
        const seen: number[] = [];
        for (const { several, answered } of all) {
          log.steps.push(...answered.map(answer => answers[answer]!));
          const reading = Promise.all(several.map(name => reads[name]!(stream)));
          seen.push(...(await within(2000, several.join(), reading)).flat().sort((a, b) => a - b));
        }
        expect(seen).to.deep.equal(seen.map((_, index) => index + 1));
        await stream.close();
        expect(activeCursors(client), 'cursors').to.equal(0);
        await until('no session is held', () => activeSessions(client) === 0, 1000);
        await until('the pool rests', () => atRest(client), 1000);
      }),
      { numRuns: 200 }
    );
  });
});
