import { type Completion, Future } from './future.js';

/** A promise that is settled from outside, and that a coroutine can delegate to with `yield*`. */
export interface Deferral<T> extends Completion<T> {
  readonly future: Future<T>;
  /** Lets an error have the stack of whoever waits for it, when that can be found then. Returns this. */
  trace?(): Completion<T>;
}

/**
 * A promise library, as an adapter: what every method of the asynchronous classes returns is made by it.
 *
 * @see `motor/frameworks` in Motor, where Tornado and asyncio are adapted the same way.
 */
export interface Framework {
  readonly name: string;
  /** Makes a pending promise. It must be iterable by yielding itself once, as {@link Future} is. */
  defer<T>(): Deferral<T>;
}

/** Native promises, as {@link Future}s: the default. */
export const nativePromises: Framework = { name: 'native', defer: <T>() => Future.defer<T>() };

/** What is asked of Bluebird's constructor. */
export interface BluebirdLike {
  new (executor: (resolve: (value: never) => void, reject: (error: unknown) => void) => void): object;
  readonly prototype: object;
}

/**
 * Bluebird's promises. Makes them iterable, so that `yield*` waits for them, by one property that is not enumerable.
 *
 * @example
 * useFramework(bluebird(require('bluebird')));
 */
export function bluebird(Bluebird: BluebirdLike): Framework {
  Object.defineProperty(Bluebird.prototype, Symbol.iterator, {
    value: Future.prototype[Symbol.iterator],
    configurable: true,
    writable: true
  });
  return { name: 'bluebird', defer: <T>() => deferWith<T>(Bluebird) };
}

function deferWith<T>(Library: BluebirdLike): Deferral<T> {
  let ends!: Completion<T>;
  const promise = new Library((resolve, reject) => {
    ends = { resolve: resolve as Completion<T>['resolve'], reject };
  });
  return { future: promise as Future<T>, ...ends };
}

let framework = nativePromises;

/** Chooses the promise library for all methods called from now on. Returns the one that was in use. */
export function useFramework(next: Framework): Framework {
  if (typeof next?.defer !== 'function') {
    throw new TypeError('useFramework() takes a framework: an object with a function "defer"');
  }
  const previous = framework;
  framework = next;
  return previous;
}

/** @internal */
export function defer<T>(): Deferral<T> {
  return framework.defer<T>();
}
