import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { Coroutine, Future, MotorError, running, SUSPENDED, type SyncStyle, waitFor } from '../../lib';

/** Runs code to its end, and keeps what becomes of it. */
function run<T>(code: SyncStyle<T>) {
  const { future, ...ends } = deferred<T>();
  return { coroutine: new Coroutine(code, ends).start(), future };
}

function deferred<T>() {
  const deferral = Future.defer<T>();
  return {
    future: deferral.future,
    resolve: (value: T) => deferral.resolve(value),
    reject: (error: unknown) => deferral.reject(error)
  };
}

function* suspend(): SyncStyle<unknown> {
  return yield SUSPENDED;
}

describe('a coroutine', () => {
  it('runs inline up to its first suspension', async () => {
    const steps: string[] = [];
    const { coroutine, future } = run(
      (function* (): SyncStyle<void> {
        steps.push('inside');
        yield* suspend();
        steps.push('resumed');
      })()
    );
    steps.push('outside');
    expect(steps).to.deep.equal(['inside', 'outside']);
    coroutine.resume(undefined);
    await future;
    expect(steps).to.deep.equal(['inside', 'outside', 'resumed']);
  });

  it('returns from its suspension point what it is resumed with', async () => {
    const { coroutine, future } = run(suspend());
    coroutine.resume(42);
    expect(await future).to.equal(42);
  });

  it('raises at its suspension point what is thrown into it, where it can be caught', async () => {
    const { coroutine, future } = run(
      (function* (): SyncStyle<string> {
        try {
          yield* suspend();
          return 'not reached';
        } catch (error) {
          return `caught ${(error as Error).message}`;
        }
      })()
    );
    coroutine.throw(new Error('a fault'));
    expect(await future).to.equal('caught a fault');
  });

  it('passes on what its code does not catch', async () => {
    const { coroutine, future } = run(suspend());
    const error = new Error('a fault');
    coroutine.throw(error);
    expect(await future.catch((caught: unknown) => caught)).to.equal(error);
  });

  it('is the current one while its code runs, and only then', () => {
    let seen: unknown;
    const { coroutine } = run(
      (function* (): SyncStyle<void> {
        yield* suspend();
        seen = Coroutine.current;
      })()
    );
    expect(Coroutine.current).to.equal(undefined);
    coroutine.resume(undefined);
    expect(seen).to.equal(coroutine);
    expect(Coroutine.current).to.equal(undefined);
  });

  it('gives the place back to the one that started it', () => {
    const seen: unknown[] = [];
    const outer = run(
      (function* (): SyncStyle<void> {
        const inner = run(
          (function* (): SyncStyle<void> {
            seen.push(Coroutine.current);
          })()
        );
        seen.push(inner.coroutine, Coroutine.current);
      })()
    );
    expect(seen).to.deep.equal([seen[1], seen[1], outer.coroutine]);
  });

  it('refuses to be resumed while it runs, when it is done, and before it was started', () => {
    const coroutine: Coroutine = new Coroutine(
      (function* (): SyncStyle<void> {
        expect(() => coroutine.resume(1)).to.throw(MotorError, 'it is running');
      })(),
      deferred()
    );
    expect(() => coroutine.resume(1)).to.throw(MotorError, 'it is new');
    coroutine.start();
    expect(() => coroutine.throw(new Error())).to.throw(MotorError, 'it is done');
    expect(() => coroutine.start()).to.throw(MotorError, 'started already');
  });

  it("goes on in its caller's async context, whoever resumes it", async () => {
    const storage = new AsyncLocalStorage<string>();
    const { coroutine, future } = storage.run('caller', () =>
      run(
        (function* (): SyncStyle<string | undefined> {
          yield* suspend();
          return storage.getStore();
        })()
      )
    );
    storage.run('somebody else', () => coroutine.resume(undefined));
    expect(await future).to.equal('caller');
  });

  it('says what needs one when there is none', () => {
    expect(() => running('Reading'))
      .to.throw(MotorError, 'Reading suspends its caller')
      .with.property('code', 'ERR_NO_COROUTINE');
    expect(() => waitFor(Promise.resolve(1)).next()).to.throw(MotorError, 'waitFor()');
  });
});

describe('waitFor', () => {
  it('returns the result of a promise', async () => {
    expect(await run(waitFor(Promise.resolve(1))).future).to.equal(1);
  });

  it('throws the error of a promise', async () => {
    const error = new Error('a fault');
    expect(await run(waitFor(Promise.reject(error))).future.catch((caught: unknown) => caught)).to.equal(
      error
    );
  });

  it('refuses what is no promise', async () => {
    const outcome = run(waitFor(1 as unknown as Promise<number>)).future;
    expect(await outcome.catch((error: unknown) => error))
      .to.be.instanceOf(TypeError)
      .with.property('message', 'waitFor() takes a promise, got number');
  });
});
