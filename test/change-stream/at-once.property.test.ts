import { expect } from 'chai';
import fc from 'fast-check';
import type { ChangeStream, MongoClient } from '../../lib';
import { within } from '../support/bounds';
import { ChangeLog, n, resumable, type Step } from '../support/change-log';
import { activeCursors } from '../support/inside';
import { nothingIsLeft } from '../support/nothing-is-left';
import type { Simulator } from '../support/simulator';
import { reset } from '../support/simulator-script';
import { useStage } from '../support/stage';

const LENGTH = 40;

/** By name, what reads one change of a stream, or none. */
const reads: Record<string, (stream: ChangeStream) => Promise<number[]>> = {
  next: async stream => [n(await stream.next())],
  tryNext: async stream => {
    const change = await stream.tryNext();
    return change ? [n(change)] : [];
  },
  'hasNext and next': async stream => ((await stream.hasNext()) ? [n(await stream.next())] : [])
};

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
        await nothingIsLeft(client);
      }),
      { numRuns: 200 }
    );
  });
});
