import { expect } from 'chai';
import { coroutine, type Future, type SyncStyle } from '../../lib';

/** Calls a method of an object, in one style or another, and gives its result as a promise. */
export type Call = (owner: object, method: string, ...args: unknown[]) => Promise<unknown>;

type Methods = Record<string, (...args: unknown[]) => unknown>;

const promise: Call = (owner, method, ...args) => Promise.resolve((owner as Methods)[method]!(...args));

const callback: Call = (owner, method, ...args) =>
  new Promise((resolve, reject) => {
    let returned = false;
    const called = (error: unknown, result: unknown): void => {
      expect(returned, 'the callback comes after the call has returned').to.equal(true);
      if (error) reject(error);
      else resolve(result);
    };
    const result = (owner as Methods)[method]!(...args, called);
    expect(result, 'what a call with a callback returns').to.equal(undefined);
    returned = true;
  });

const yielded: Call = (owner, method, ...args) =>
  coroutine(function* (): SyncStyle<unknown> {
    return yield* (owner as Methods)[method]!(...args) as Future<unknown>;
  })();

/** The three ways to call an asynchronous method. */
export const styles: Readonly<Record<'promise' | 'callback' | 'yield', Call>> = {
  promise,
  callback,
  yield: yielded
};
