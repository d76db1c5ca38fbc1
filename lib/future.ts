import { callSite, type CallSite, failedFor, withCaller } from './callsite.js';
import { MotorError } from './errors.js';

/** What a coroutine tells its result to: exactly one of the two is called, once. */
export interface Completion<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

type Outcome<T> = { value: T } | { error: unknown };

/**
 * A `Promise` that can also be delegated to: inside a coroutine, `const doc = yield* future` waits for it, typed.
 *
 * Its prototype's `constructor` is `Promise`, which is what `await` looks at before it takes its short way; a plain
 * subclass costs twice as much to await. So `future instanceof Future` holds, and `then` gives a plain promise.
 */
export class Future<T> extends Promise<T> {
  #outcome?: Outcome<T>;
  #traces = false;
  #site?: CallSite;

  /** A pending future and the means to settle it. */
  static defer<T>(): Deferred<T> {
    return new Deferred<T>();
  }

  /** @internal */
  static settle<T>(future: Future<T>, outcome: Outcome<T>): void {
    future.#outcome ??= outcome;
  }

  /** @internal */
  static trace(future: Future<unknown>): void {
    future.#traces = true;
  }

  /** @internal Where `then` was called. */
  static siteOf(future: Future<unknown>): CallSite | undefined {
    return future.#site;
  }

  /** As a promise's. `await` does not call it. */
  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as a promise has it
    onRejected?: ((reason: any) => B | PromiseLike<B>) | null
  ): Promise<A | B> {
    if (this.#traces && !this.#outcome) this.#site ??= callSite(Future.prototype.then);
    return super.then(onFulfilled, onRejected);
  }

  /** Whether there is a result or an error already. */
  get done(): boolean {
    return this.#outcome !== undefined;
  }

  /** The result of a future that is done, or its error, thrown. `ERR_PENDING` is thrown while it is pending. */
  result(): T {
    if (!this.#outcome) throw new MotorError('ERR_PENDING', 'The future is pending: it has no result yet');
    if ('value' in this.#outcome) return this.#outcome.value;
    this.catch(() => {}); // whoever asked has the error now: it is not unhandled
    throw this.#outcome.error;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- so that futures of several types share a generator
  *[Symbol.iterator](): Generator<Future<T>, T, any> {
    try {
      return (yield this) as T;
    } catch (error) {
      throw this.#traces ? withCaller(error, callSite(Future.prototype[Symbol.iterator])) : error;
    }
  }
}

Object.defineProperty(Future.prototype, 'constructor', {
  value: Promise,
  writable: true,
  configurable: true
});

/** A future and its two ends, as `Promise.withResolvers()` has them. */
class Deferred<T> implements Completion<T> {
  readonly future: Future<T>;
  #resolve!: (value: T | PromiseLike<T>) => void;
  #reject!: (error: unknown) => void;
  #traces = false;

  constructor() {
    this.future = new Future<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  resolve(value: T): void {
    if (!isThenable(value)) Future.settle(this.future, { value });
    this.#resolve(value);
  }

  reject(error: unknown): void {
    Future.settle(this.future, { error });
    if (this.#traces) this.#resolve(failedFor(error, Future.siteOf(this.future)));
    else this.#reject(error);
  }

  trace(): this {
    Future.trace(this.future);
    this.#traces = true;
    return this;
  }
}

/** Whether `await value` would wait for it. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  return typeof (value as { then?: unknown }).then === 'function';
}
