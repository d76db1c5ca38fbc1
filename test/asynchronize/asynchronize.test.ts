import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { asynchronize, coroutine, Future, type SyncStyle, waitFor } from '../../lib';

const tick = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Adds, at once or after a turn. */
const add = asynchronize(function* add(this: unknown, a: number, b?: number): SyncStyle<number> {
  if (a < 0) throw new RangeError('negative');
  if (a > 100) yield* waitFor(tick());
  return a + (b ?? 0);
});

/** Takes an uncaught exception away from mocha. */
async function uncaught(cause: () => void): Promise<unknown> {
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  try {
    return await new Promise(resolve => {
      process.once('uncaughtException', resolve);
      cause();
    });
  } finally {
    for (const listener of listeners) process.on('uncaughtException', listener);
  }
}

describe('an asynchronized method', () => {
  it('has the name of the method, and its number of parameters', () => {
    expect([add.name, add.length]).to.deep.equal(['add', 2]);
  });

  it('returns a future', async () => {
    expect(add(1, 2)).to.be.instanceOf(Future);
    expect(await add(1, 2)).to.equal(3);
    expect(await add(101, 2)).to.equal(103);
  });

  it('can be delegated to', async () => {
    const twice = coroutine(function* () {
      return (yield* add(1)) + (yield* add(101));
    });
    expect(await twice()).to.equal(102);
  });

  it('calls its last argument back, and returns nothing', async () => {
    const outcomes = await Promise.all(
      [[1], [1, 2], [101, 2], [-1]].map(
        args =>
          new Promise(resolve => {
            const returned: unknown = (add as (...args: unknown[]) => unknown)(
              ...args,
              (...outcome: unknown[]) => resolve(outcome)
            );
            expect(returned).to.equal(undefined);
          })
      )
    );
    expect(outcomes.slice(0, 3)).to.deep.equal([
      [undefined, 1],
      [undefined, 3],
      [undefined, 103]
    ]);
    expect((outcomes[3] as unknown[])[0]).to.be.instanceOf(RangeError);
  });

  it('never calls back before it has returned, even when nothing was waited for', async () => {
    let returned = false;
    const called = new Promise(resolve => add(1, 2, () => resolve(returned)));
    returned = true;
    expect(await called).to.equal(true);
  });

  for (const wrong of [null, 1, 'text', {}, []]) {
    it(`throws a TypeError at once, before any work, for ${JSON.stringify(wrong)} in the callback's place`, () => {
      let worked = false;
      const working = asynchronize(function* working(this: unknown, _: number): SyncStyle<void> {
        worked = true;
      });
      expect(() => (working as (...args: unknown[]) => void)(1, wrong)).to.throw(
        TypeError,
        'working() takes a callback as argument 2: a function or undefined'
      );
      expect(worked).to.equal(false);
    });
  }

  it("takes undefined in the callback's place for none", async () => {
    expect(await (add as (...args: unknown[]) => Future<number>)(1, 2, undefined)).to.equal(3);
  });

  it('tells a function of its own from a callback, if the table says so', async () => {
    const apply = asynchronize(
      function* apply(this: unknown, change: (value: number) => number): SyncStyle<number> {
        return change(1);
      },
      { takesFunctions: true }
    );
    expect(await apply(value => value + 1)).to.equal(2);
    const called = new Promise(resolve =>
      apply(
        value => value + 2,
        (_, result) => resolve(result)
      )
    );
    expect(await called).to.equal(3);
    expect(() => (apply as (...args: unknown[]) => void)(() => 1, 'text')).to.throw(TypeError, 'argument 2');
  });

  it('finds the callback after the functions of its own, when what comes between is left out', async () => {
    const apply = asynchronize(
      function* apply(this: unknown, change: (value: number) => number, to?: number): SyncStyle<number> {
        return change(to ?? 1);
      },
      { arity: 2, takesFunctions: 1 }
    ) as (...args: unknown[]) => Future<number>;
    const double = (value: number): number => value * 2;
    const calledBack = (...args: unknown[]): Promise<unknown> =>
      new Promise(resolve => apply(...args, (_: unknown, result: unknown) => resolve(result)));
    expect([await apply(double), await apply(double, 2), await apply(double, 2, undefined)]).to.deep.equal([
      2, 4, 4
    ]);
    expect([await calledBack(double), await calledBack(double, 3)]).to.deep.equal([2, 6]);
    expect(() => apply(double, 2, 'text')).to.throw(TypeError, 'argument 3');
  });

  it('delivers other bad arguments through the future', async () => {
    expect(await add(-1).catch((error: unknown) => error)).to.be.instanceOf(RangeError);
  });

  it('reports what a callback throws as an uncaught exception, and does not call it twice', async () => {
    let calls = 0;
    for (const value of [1, 101, -1]) {
      const error = await uncaught(() =>
        add(value, () => {
          calls++;
          throw new Error('thrown by the callback');
        })
      );
      expect(error).to.have.property('message', 'thrown by the callback');
      await tick(); // Node 24 may lose what is thrown in the ticks that are left over by an uncaught exception
    }
    expect(calls).to.equal(3);
  });

  it("calls back in the caller's async context", async () => {
    const storage = new AsyncLocalStorage<number>();
    const seen = await Promise.all(
      [1, 101, -1].map(
        value =>
          new Promise(resolve => storage.run(value, () => add(value, () => resolve(storage.getStore()))))
      )
    );
    expect(seen).to.deep.equal([1, 101, -1]);
  });
});

describe("an asynchronized method's error", () => {
  const fail = asynchronize(function* fail(this: unknown): SyncStyle<void> {
    yield* waitFor(tick());
    throw new Error('a fault');
  });

  it('has the file and the line of the call, in a future', async () => {
    const error = await fail().catch((caught: Error) => caught);
    expect((error as Error).stack).to.match(/^Error: a fault\n[^]*asynchronize\.test\.ts:\d+/);
  });

  it('has them in a callback, too', async () => {
    function whoCalls(resolve: (error?: Error) => void): void {
      fail(resolve);
    }
    const error = await new Promise<Error | undefined>(whoCalls);
    expect(error?.stack).to.include('whoCalls');
  });

  it('has them not when the caller does without', async () => {
    const cheap = asynchronize(
      function* cheap(this: unknown): SyncStyle<void> {
        yield* waitFor(tick());
        throw new Error('a fault');
      },
      { callerStack: () => false }
    );
    async function whoCalls(): Promise<unknown> {
      return await cheap().catch((caught: unknown) => caught);
    }
    expect(((await whoCalls()) as Error).stack).not.to.include('whoCalls');
  });

  it('shows the outermost of several callers, does not grow, and can be set', async () => {
    const error = new Error('shared');
    const share = asynchronize(function* share(this: unknown): SyncStyle<void> {
      throw error;
    });
    await share().catch(() => {});
    const lines = error.stack?.split('\n').length;
    await coroutine(function* () {
      yield* share();
    })().catch(() => {});
    expect(error.stack?.split('\n').length).to.equal(lines);
    error.stack = 'mine';
    expect(error.stack).to.equal('mine');
    expect(Object.keys(error)).to.deep.equal([]);
  });

  it('may be anything that can be thrown', async () => {
    const throwing = asynchronize(function* throwing(this: unknown, thrown: unknown): SyncStyle<void> {
      throw thrown;
    });
    for (const thrown of ['text', undefined, Object.freeze(new Error('frozen'))]) {
      expect(await throwing(thrown).catch((caught: unknown) => caught)).to.equal(thrown);
    }
  });
});
