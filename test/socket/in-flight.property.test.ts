import { expect } from 'chai';
import fc from 'fast-check';
import type { Coroutine } from '../../lib/coroutine';
import { InFlight } from '../../lib/in-flight';

type Step = { do: 'add' } | { do: 'shift' } | { do: 'take'; which: number };

const steps = fc.array(
  fc.oneof(
    fc.constant<Step>({ do: 'add' }),
    fc.constant<Step>({ do: 'shift' }),
    fc.record({ do: fc.constant('take' as const), which: fc.oneof(fc.constant(0), fc.nat(30)) })
  ),
  { maxLength: 200 }
);

describe('requests in flight', () => {
  it('are found by their ids, whatever the order of their replies, and kept in that of asking', () => {
    fc.assert(
      fc.property(steps, script => {
        const inFlight = new InFlight();
        const model = new Map<number, Coroutine>();
        let id = 0x7ffffff0; // ids wrap around
        for (const step of script) {
          const ids = [...model.keys()];
          if (step.do === 'add') {
            const coroutine = {} as Coroutine;
            id = (id + 1) | 0;
            inFlight.add(id, coroutine);
            model.set(id, coroutine);
          } else {
            const wanted = step.do === 'shift' ? ids[0] : ids[step.which];
            const found = step.do === 'shift' ? inFlight.shift() : inFlight.take(wanted ?? 12345);
            expect(found).to.equal(wanted === undefined ? undefined : model.get(wanted));
            if (wanted !== undefined) model.delete(wanted);
          }
          expect(inFlight.size).to.equal(model.size);
          expect(inFlight.oldest).to.equal([...model.keys()][0]);
        }
      })
    );
  });
});
