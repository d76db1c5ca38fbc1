/* What a coroutine may yield, and how each is waited for. */
import { types } from 'node:util';
import { BadYieldError } from './errors.js';
import { Future, isThenable } from './future.js';
import { setImmediate } from './turns.js';

/** The answer to a yield that need not be waited for. */
export type Ready = { value: unknown } | { error: unknown };

/** What is switched back into with an answer. */
interface Resumable {
  resume(value: unknown): void;
  throw(error: unknown): void;
}

/** Yield it to give the event loop one turn: `yield moment` (or `yield* moment`). Source: Tornado's `gen.moment`. */
export const moment = Object.freeze({
  *[Symbol.iterator](): Generator<unknown, void, void> {
    yield moment;
  }
});

/**
 * Waits for `yielded` on behalf of `coroutine`.
 *
 * @param atOnce - whether a future that is done may be answered at once, without a turn of the loop
 * @returns the answer when there is one already; otherwise the coroutine is resumed later
 */
export function inTime(yielded: unknown, coroutine: Resumable, atOnce: boolean): Ready | undefined {
  if (yielded === moment) {
    setImmediate(() => coroutine.resume(undefined));
    return undefined;
  }
  if (yielded instanceof Future && yielded.done && atOnce) return outcome(yielded);
  let promise;
  try {
    promise = toPromise(yielded);
  } catch (error) {
    return { error };
  }
  const { then } = promise instanceof Future ? Promise.prototype : promise; // a future's own is for its users
  then.call(
    promise,
    value => (atOnce ? coroutine.resume(value) : setImmediate(() => coroutine.resume(value))),
    error => coroutine.throw(error)
  );
  return undefined;
}

function outcome(future: Future<unknown>): Ready {
  try {
    return { value: future.result() };
  } catch (error) {
    return { error };
  }
}

function toPromise(yielded: unknown): PromiseLike<unknown> {
  if (yielded instanceof Promise) return yielded;
  if (isThenable(yielded)) return Promise.resolve(yielded);
  if (Array.isArray(yielded)) return all(yielded);
  if (isPlainObject(yielded)) {
    const keys = Object.keys(yielded);
    return all(Object.values(yielded)).then(values =>
      Object.fromEntries(keys.map((key, i) => [key, values[i]]))
    );
  }
  throw new BadYieldError(
    `A coroutine can yield futures, promises, thenables, arrays and plain objects of them, and moment, but not ${describe(yielded)}`
  );
}

/** Waits for all of them. The first error wins; those after it are reported as warnings, not lost. */
async function all(children: unknown[]): Promise<unknown[]> {
  const promises = children.map(attempt);
  let failure: { error: unknown } | undefined;
  const values = await Promise.all(
    promises.map(promise =>
      promise.then(undefined, error => {
        if (failure) warn(error);
        else failure = { error };
      })
    )
  );
  if (failure) throw failure.error;
  return values;
}

/** What cannot be waited for fails like the others, so that those are heard of, too. */
function attempt(child: unknown): PromiseLike<unknown> {
  try {
    return child === moment ? turn() : toPromise(child);
  } catch (error) {
    return Promise.reject(error as Error);
  }
}

function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

function warn(error: unknown): void {
  process.emitWarning('A future yielded together with others failed after another had failed already', {
    type: 'CoroutineWarning',
    code: 'MULTIPLE_ERRORS_IN_YIELD',
    detail: error instanceof Error ? error.stack : String(error)
  });
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (types.isGeneratorObject(value)) return 'a generator (delegate to it with yield*)';
  if (typeof value === 'function') return `the function ${value.name || '(anonymous)'} (call it)`;
  if (typeof value === 'string') return `the string ${JSON.stringify(value)}`;
  if (typeof value === 'object' && value !== null) return `an object of class ${value.constructor?.name}`;
  return String(value);
}
