import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { BadYieldError, coroutine, Future, moment } from '../../lib';
import { heapUsed } from '../support/heap';

const later = <T>(value: T, ms = 1): Promise<T> => sleep(ms, value);
const failing = async (message: string, ms = 1): Promise<never> => {
  await sleep(ms);
  throw new Error(message);
};

function done<T>(value: T): Future<T> {
  const { future, ...rest } = { future: null, deferral: Future.defer<T>() };
  void future;
  rest.deferral.resolve(value);
  return rest.deferral.future;
}

/** What a generator gives for one yielded thing. */
const yielding = coroutine(function* (yielded: unknown) {
  return (yield yielded) as unknown;
});

const caught = async (promise: Promise<unknown>): Promise<unknown> =>
  await promise.then(
    value => expect.fail(`there was a result: ${String(value)}`),
    (error: unknown) => error
  );

describe('coroutine()', () => {
  it('passes its arguments and this, and returns a future of the result', async () => {
    const owner = {
      base: 10,
      add: coroutine(function* (this: { base: number }, a: number, b: number) {
        return this.base + (yield* done(a)) + (yield* done(b));
      })
    };
    const future = owner.add(1, 2);
    expect(future).to.be.instanceOf(Future);
    expect(await future).to.equal(13);
  });

  it('keeps the name and the length of the generator function', () => {
    const named = coroutine(function* rename(a: number, b: number) {
      return (yield a + b) as number;
    });
    expect([named.name, named.length]).to.deep.equal(['rename', 2]);
  });

  it('refuses what is no generator function', () => {
    expect(() => coroutine((() => 1) as never)).to.throw(TypeError, 'a generator function');
  });

  it('waits for futures, promises and thenables', async () => {
    expect(await yielding(done(1))).to.equal(1);
    expect(await yielding(later(2))).to.equal(2);
    const thenable = { then: (resolve: (value: number) => void) => resolve(3) };
    expect(await yielding(thenable)).to.equal(3);
  });

  it('waits for arrays and plain objects of them, nested ones too', async () => {
    expect(await yielding([later(1), done(2), [later(3)]])).to.deep.equal([1, 2, [3]]);
    expect(await yielding({ a: later(1), b: { c: done(2) } })).to.deep.equal({ a: 1, b: { c: 2 } });
    expect(await yielding([])).to.deep.equal([]);
  });

  it('waits for all of them even when one fails, and throws the first error in time', async () => {
    let finished = false;
    const slow = later(1, 30).then(() => (finished = true));
    const error = await caught(yielding([slow, failing('second', 10), failing('first', 1)]));
    expect(error).to.have.property('message', 'first');
    expect(finished).to.equal(true);
  });

  it('reports the errors after the first as warnings', async () => {
    const warning = new Promise<Error & { detail?: string }>(resolve => process.once('warning', resolve));
    await caught(yielding({ a: failing('first', 1), b: failing('second', 10) }));
    const { name, detail } = await warning;
    expect(name).to.equal('CoroutineWarning');
    expect(detail).to.include('second');
  });

  it('gives the loop one turn for a moment', async () => {
    let turned = false;
    setImmediate(() => (turned = true));
    const waiting = coroutine(function* () {
      yield moment;
      yield* moment;
      return turned;
    });
    expect(await waiting()).to.equal(true);
  });

  for (const [what, yielded, named] of [
    ['a number', 5, '5'],
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['a string', 'text', 'the string "text"'],
    ['a function', function fetch() {}, 'the function fetch (call it)'],
    ['a generator', (function* () {})(), 'a generator (delegate to it with yield*)'],
    ['an object of a class', new Map(), 'an object of class Map'],
    ['an array with such a thing in it', [done(1), 5], '5']
  ] as const) {
    it(`throws BadYieldError at the yield of ${what}, and names it`, async () => {
      const error = await caught(yielding(yielded));
      expect(error).to.be.instanceOf(BadYieldError).with.property('code', 'ERR_BAD_YIELD');
      expect((error as Error).message).to.include(`but not ${named}`);
    });
  }

  it('lets a BadYieldError be caught at the yield', async () => {
    const catching = coroutine(function* () {
      try {
        yield 5;
      } catch (error) {
        return (error as Error).name;
      }
      return undefined;
    });
    expect(await catching()).to.equal('BadYieldError');
  });

  it('runs finally blocks on an early return', async () => {
    const steps: string[] = [];
    const early = coroutine(function* () {
      try {
        yield* done(1);
        return 'early';
      } finally {
        steps.push(yield* done('cleaned up'));
      }
    });
    expect(await early()).to.equal('early');
    expect(steps).to.deep.equal(['cleaned up']);
  });

  it('takes a future that is done without a turn of the loop', async () => {
    let turns = 0;
    const counting = setImmediate(function count() {
      turns++;
    });
    const summing = coroutine(function* () {
      let sum = 0;
      for (let i = 0; i < 500; i++) sum += yield* done(1);
      return [sum, turns];
    });
    expect(await summing()).to.deep.equal([500, 0]);
    clearImmediate(counting);
  });

  it('does not let a loop of done futures starve the event loop', async () => {
    let stopped = false;
    setTimeout(() => (stopped = true), 5);
    const spinning = coroutine(function* () {
      while (!stopped) yield* done(1);
      return 'stopped by a timer';
    });
    expect(await spinning()).to.equal('stopped by a timer');
  });

  it('throws the error of a future that has failed already', async () => {
    const deferral = Future.defer<number>();
    deferral.reject(new Error('a fault'));
    expect(await caught(yielding(deferral.future))).to.have.property('message', 'a fault');
  });

  it('yields 100,000 times in a row without growing', async () => {
    const many = coroutine(function* (times: number) {
      for (let i = 0; i < times; i++) yield* done(i);
      for (let i = 0; i < times / 10; i++) yield Promise.resolve(i);
    });
    await many(10_000);
    const before = heapUsed();
    await many(100_000);
    expect(heapUsed() - before).to.be.below(1_000_000);
  });

  it('nests 100,000 deep without overflowing the stack', async () => {
    const nested: (depth: number) => Future<number> = coroutine(function* (depth: number) {
      return depth === 0 ? 0 : 1 + (yield* nested(depth - 1));
    });
    expect(await nested(100_000)).to.equal(100_000);
  });

  it("keeps the caller's async context through every yield", async () => {
    const storage = new AsyncLocalStorage<number>();
    const reading = coroutine(function* () {
      const seen = [storage.getStore()];
      yield later(1);
      seen.push(storage.getStore());
      yield moment;
      seen.push(storage.getStore());
      return seen;
    });
    const all = await Promise.all([1, 2, 3].map(id => storage.run(id, () => reading())));
    expect(all).to.deep.equal([1, 2, 3].map(id => [id, id, id]));
    await immediate();
  });
});
