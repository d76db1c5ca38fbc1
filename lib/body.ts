/* A function that a user hands over to be run in the middle of something: a transaction, a session's life. */
import { types } from 'node:util';
import { Coroutine, type SyncStyle } from './coroutine.js';
import { defer } from './frameworks.js';
import { isThenable } from './future.js';
import type { Callback } from './styles.js';

/** It returns a promise or a future, as async functions do; or a generator, as generator functions do. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a yield returns differs from yield to yield
export type Body<A, T> = (argument: A) => PromiseLike<T> | Generator<unknown, T, any>;

/** A plain function that takes a Node callback as its second parameter. */
export type CallbackBody<A, T> = (argument: A, done: Callback<T>) => unknown;

/**
 * Makes a function of any style into one that returns a promise. What decides, in this order:
 *
 * 1. a plain function that declares two parameters gets a Node callback as its second, and what that is called with is
 *    the result; a promise that the function returns besides is heard of only if it fails
 * 2. a generator that it returns is run as a coroutine, whose result is the result
 * 3. anything else that it returns is passed on as it is: a promise or a future
 *
 * Async functions and generator functions are never given a callback, whatever they declare.
 *
 * @param taker - who takes the function, for the error
 * @throws TypeError when `body` is no function
 */
export function promising<A, T>(
  taker: string,
  body: Body<A, T> | CallbackBody<A, T>
): (argument: A) => unknown {
  if (typeof body !== 'function') {
    throw new TypeError(
      `${taker} takes a function: async, one that returns a promise, a generator function, ` +
        `or one with a callback as its second parameter; got ${body === null ? 'null' : typeof body}`
    );
  }
  if (takesCallback(body)) return argument => callBack(body, argument);
  return argument => {
    const returned: unknown = (body as Body<A, T>)(argument);
    return isGenerator(returned) ? run(returned) : returned;
  };
}

function takesCallback<A, T>(body: Body<A, T> | CallbackBody<A, T>): body is CallbackBody<A, T> {
  return body.length >= 2 && !types.isAsyncFunction(body) && !types.isGeneratorFunction(body);
}

function callBack<A, T>(body: CallbackBody<A, T>, argument: A): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const returned = body(argument, (error, result) => (error ? reject(error) : resolve(result)));
    if (isThenable(returned)) returned.then(undefined, reject);
  });
}

function isGenerator(value: unknown): value is SyncStyle<unknown> {
  return types.isGeneratorObject(value) && Symbol.iterator in value; // an async generator is another thing
}

function run<T>(generator: SyncStyle<T>): PromiseLike<T> {
  const deferral = defer<T>();
  new Coroutine(generator, deferral).start();
  return deferral.future;
}
