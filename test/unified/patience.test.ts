import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { withPatience } from './patience';

describe('patience with a unified test', () => {
  const failing = (work: () => Promise<void>): { runs: number; test: () => Promise<void> } => {
    const made = {
      runs: 0,
      test: async () => {
        made.runs++;
        await work();
        throw new Error(`run ${made.runs} failed`);
      }
    };
    return made;
  };

  it('ends after three runs that were held up', async () => {
    const heldUp = failing(async () => {
      await sleep(10); // the delay of a loop is measured from its first turn
      const end = performance.now() + 50;
      while (performance.now() < end);
      await sleep(10);
    });
    const error = await withPatience(heldUp.test).catch((thrown: Error) => thrown);
    expect(error).to.have.property('message', 'run 3 failed');
  });

  it('is none with a test that passed', async () => {
    let runs = 0;
    await withPatience(async () => void runs++);
    expect(runs).to.equal(1);
  });
});
