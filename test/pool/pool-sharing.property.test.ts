import { expect } from 'chai';
import fc from 'fast-check';
import type { Connection } from '../../lib/driver';
import { Shares } from '../../lib/pool-sharing';

type Step = { do: 'open' } | { do: 'join' | 'leave' | 'refuse'; which: number };

const steps = fc.array(
  fc.oneof(
    fc.constant<Step>({ do: 'open' }),
    fc.record({
      do: fc.constantFrom<'join' | 'leave' | 'refuse'>('join', 'join', 'leave', 'leave', 'refuse'),
      which: fc.nat(9)
    })
  ),
  { maxLength: 200 }
);

/** The same, the long way: who holds what, and which take nobody. */
class Model {
  readonly holders = new Map<Connection, number>();
  readonly unfit = new Set<Connection>();

  /** Those that another may join, as far as they have the fewest holders. */
  joinable(most: number): Set<Connection> {
    const fit = [...this.holders].filter(([one, count]) => count < most && !this.unfit.has(one));
    const least = Math.min(...fit.map(([, count]) => count));
    return new Set(fit.filter(([, count]) => count === least).map(([one]) => one));
  }

  leave(one: Connection): boolean {
    const left = this.holders.get(one)! - 1;
    if (left > 0) this.holders.set(one, left);
    else this.holders.delete(one);
    return left > 0;
  }
}

describe('connections that are shared', () => {
  it('take another on the one with the fewest, never too many, and are let go by the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), steps, (most, script) => {
        const shares = new Shares(most);
        const model = new Model();
        for (const step of script) {
          if (step.do === 'open') {
            const connection = {} as Connection;
            shares.open(connection);
            model.holders.set(connection, 1);
          } else if (step.do === 'join') {
            const among = model.joinable(most);
            const best = shares.leastLoaded(connection => !model.unfit.has(connection));
            expect(best ? among.has(best) : among.size === 0).to.equal(true);
            if (!best) continue;
            shares.join(best);
            model.holders.set(best, model.holders.get(best)! + 1);
          } else {
            const connection = [...model.holders.keys()][step.which % model.holders.size];
            if (!connection) continue;
            if (step.do === 'refuse') model.unfit.add(connection);
            else expect(shares.leave(connection)).to.equal(model.leave(connection));
          }
        }
        for (const connection of [...model.holders.keys()])
          while (shares.leave(connection)) model.leave(connection);
        expect(shares.leastLoaded(() => true)).to.equal(undefined);
        for (const [, count] of model.holders) expect(count).to.equal(1);
      }),
      { numRuns: 300 }
    );
  });

  it('are none when one is the most', () => {
    const shares = new Shares(1);
    const connection = {} as Connection;
    shares.open(connection);
    expect(shares.leastLoaded(() => true)).to.equal(undefined);
    expect(shares.leave(connection)).to.equal(false);
  });
});
