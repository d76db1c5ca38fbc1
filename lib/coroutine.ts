/*
 * A coroutine is to this library what a greenlet is to Motor: it holds a running generator that reads top to bottom
 * like blocking code. Where such code has to wait, it leaves its coroutine with whoever will have the answer and yields
 * SUSPENDED; that one calls resume(value) or throw(error), and the generator goes on from there.
 *
 *     function* read(socket) {
 *       const me = running('read');          // an error at once outside a coroutine
 *       socket.once('data', chunk => me.resume(chunk));
 *       return yield SUSPENDED;
 *     }
 *
 * It starts inline, in its caller's stack frame, up to the first suspension. Each later stretch runs in the async
 * context of the caller (AsyncLocalStorage), whoever resumes it.
 */
import { AsyncResource } from 'node:async_hooks';
import { types } from 'node:util';
import { MotorError } from './errors.js';
import { defer } from './frameworks.js';
import type { Completion, Future } from './future.js';
import { queueMicrotask } from './turns.js';
import { inTime, type Ready } from './yields.js';

export { moment } from './yields.js';

/** A method in sync style: a generator that delegates with `yield*`, and what it returns. */
export type SyncStyle<T> = Generator<unknown, T, unknown>;

/** Yielded by code that has left its coroutine with somebody who will resume it. */
export const SUSPENDED = Symbol('suspended');

/** Inline starts that may be nested in one another before the next is put off to a stack of its own. */
const MAX_DEPTH = 100;

/** Results that were there already, taken in a row, before the event loop gets a turn. */
const MAX_READY = 1000;

/** Those of none, both its own: Node's default is an object that V8 has to look things up in. */
const OPTIONS = { triggerAsyncId: undefined, requireManualDestroy: false };

let current: Coroutine<unknown> | undefined;
let depth = 0;

/** A running sync-style generator. Source: Motor's greenlets. */
export class Coroutine<T = unknown> extends AsyncResource {
  /** The coroutine whose code is running now, if any. */
  static get current(): Coroutine<unknown> | undefined {
    return current;
  }

  #state: 'new' | 'suspended' | 'running' | 'done' = 'new';
  #taken = 0;

  /**
   * @param generator - the code to run, not started yet
   * @param completion - told the result, or the error, when the code ends
   */
  constructor(
    private readonly generator: SyncStyle<T>,
    private readonly completion: Completion<T>
  ) {
    super('Coroutine', OPTIONS);
  }

  /** Runs the code inline up to its first suspension (or, deep inside other starts, as soon as the stack is free). */
  start(): this {
    if (this.#state !== 'new')
      throw new MotorError('ERR_COROUTINE_STATE', 'The coroutine was started already');
    this.#state = 'suspended';
    if (depth < MAX_DEPTH) this.#run({ value: undefined });
    else queueMicrotask(() => this.resume(undefined));
    return this;
  }

  /** Switches back into the code: its suspension point returns `value`. */
  resume(value: unknown): void {
    this.#switch({ value });
  }

  /** Switches back into the code: its suspension point throws `error`. */
  throw(error: unknown): void {
    this.#switch({ error });
  }

  #switch(answer: Ready): void {
    if (this.#state !== 'suspended') {
      throw new MotorError(
        'ERR_COROUTINE_STATE',
        `Only a suspended coroutine can be resumed: it is ${this.#state}`
      );
    }
    this.runInAsyncScope(this.#run, this, answer);
  }

  #run(answer: Ready): void {
    const previous = current;
    current = this as Coroutine<unknown>;
    depth++;
    this.#state = 'running';
    try {
      for (let ready: Ready | undefined = answer; ready;) ready = this.#step(ready);
    } catch (error) {
      this.#state = 'done';
      this.completion.reject(error);
    } finally {
      depth--;
      current = previous;
    }
  }

  /** Whether the next result may be taken without a turn of the loop: not after many in a row. */
  #atOnce(): boolean {
    this.#taken = this.#taken < MAX_READY ? this.#taken + 1 : 0;
    return this.#taken > 0;
  }

  /** One stretch of the code, from a suspension point to the next. Returns what to go on with, if that is known. */
  #step(answer: Ready): Ready | undefined {
    const generator = this.generator;
    const { done, value } = 'error' in answer ? generator.throw(answer.error) : generator.next(answer.value);
    if (done) {
      this.#state = 'done';
      this.completion.resolve(value);
      return undefined;
    }
    const ready = value === SUSPENDED ? undefined : inTime(value, this, this.#atOnce());
    if (!ready) this.#state = 'suspended';
    return ready;
  }
}

/**
 * The coroutine that runs the calling code.
 *
 * @param what - the call that needs one, for the error
 * @throws MotorError `ERR_NO_COROUTINE` outside a coroutine
 */
export function running(what: string): Coroutine<unknown> {
  if (current) return current;
  throw new MotorError(
    'ERR_NO_COROUTINE',
    `${what} suspends its caller, so it has to run inside a coroutine: call it with yield* from a sync-style method`
  );
}

/**
 * Waits, in sync style, for a promise: its result is returned, its error thrown.
 *
 * @example
 * const server = yield* waitFor(topology.selectServer(selector, options));
 * @throws TypeError when `promise` is no promise; MotorError `ERR_NO_COROUTINE` outside a coroutine
 */
export function* waitFor<T>(promise: PromiseLike<T>): SyncStyle<T> {
  running('waitFor()');
  if (typeof promise?.then !== 'function')
    throw new TypeError(`waitFor() takes a promise, got ${typeof promise}`);
  return (yield promise) as T;
}

/**
 * Makes a function out of a generator function: each call starts a coroutine, with its arguments and `this`, and
 * returns a {@link Future}. The generator yields futures, promises, thenables, arrays and plain objects of them, and
 * {@link moment}; each `yield` returns the result or throws the error. Source: Tornado's `gen.coroutine`.
 *
 * @example
 * const rename = coroutine(function* (id: ObjectId, name: string) {
 *   const user = yield* users.findOne({ _id: id });
 *   if (user) yield* users.updateOne({ _id: id }, { $set: { name } });
 *   return user?.name;
 * });
 * const before = await rename(id, 'Ada');
 * @throws TypeError when `body` is no generator function
 */
export function coroutine<This, A extends unknown[], R>(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a yield returns differs from yield to yield
  body: (this: This, ...args: A) => Generator<unknown, R, any>
): (this: This, ...args: A) => Future<R> {
  if (!types.isGeneratorFunction(body))
    throw new TypeError('coroutine() takes a generator function: function* (…) { … }');
  const start = function (this: This, ...args: A): Future<R> {
    const deferral = defer<R>();
    new Coroutine(body.apply(this, args), deferral).start();
    return deferral.future;
  };
  Object.defineProperty(start, 'name', { value: body.name, configurable: true });
  Object.defineProperty(start, 'length', { value: body.length, configurable: true });
  return start;
}
