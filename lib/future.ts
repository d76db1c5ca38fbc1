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

  /** A pending future and the means to settle it. */
  static defer<T>(): Deferred<T> {
    return new Deferred<T>();
  }

  /** @internal */
  static settle<T>(future: Future<T>, outcome: Outcome<T>): void {
    future.#outcome ??= outcome;
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
    return (yield this) as T;
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
    this.#reject(error);
  }
}

/** Whether `await value` would wait for it. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  return typeof (value as { then?: unknown }).then === 'function';
}
