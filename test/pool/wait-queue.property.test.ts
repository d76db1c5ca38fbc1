import { expect } from 'chai';
import fc from 'fast-check';
import { Waiting, WaitQueue } from '../../lib/wait-queue';

class Caller extends Waiting<Caller> {}

/** Somebody comes, whoever is first is served, or one of them gives up. */
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({ do: 'come', which: 0 }) },
    { weight: 2, arbitrary: fc.constant({ do: 'serve', which: 0 }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leave'), which: fc.nat(99) }) }
  ),
  { maxLength: 300 }
);

describe('a queue of callers', () => {
  it('has them in the order in which they came, whoever leaves in between', () => {
    fc.assert(
      fc.property(steps, script => {
        const queue = new WaitQueue<Caller>();
        const model: Caller[] = [];
        for (const { do: what, which } of script) {
          if (what === 'come') {
            const caller = new Caller();
            queue.add(caller);
            model.push(caller);
          } else {
            const index = what === 'serve' ? 0 : which % (model.length || 1);
            const [caller] = model.splice(index, 1);
            if (caller) expect(queue.delete(caller)).to.equal(true);
            if (caller) expect(queue.delete(caller)).to.equal(false);
          }
          expect(queue.first).to.equal(model[0]);
          expect(queue.size).to.equal(model.length);
        }
        for (const caller of model) {
          expect(queue.first).to.equal(caller);
          queue.delete(caller);
        }
        expect(queue.first).to.equal(undefined);
        expect(queue.size).to.equal(0);
      })
    );
  });

  it('holds nobody who has left, and lets nobody who has left hold another', () => {
    const queue = new WaitQueue<Caller>();
    const callers = Array.from({ length: 3 }, () => new Caller());
    for (const caller of callers) queue.add(caller);
    for (const caller of [callers[1]!, callers[0]!, callers[2]!]) {
      queue.delete(caller);
      expect(caller).to.deep.equal(new Caller());
    }
  });

  it('gives up nobody of another queue', () => {
    const [one, other] = [new WaitQueue<Caller>(), new WaitQueue<Caller>()];
    const caller = new Caller();
    one.add(caller);
    expect(other.delete(caller)).to.equal(false);
    expect(one.first).to.equal(caller);
  });
});
