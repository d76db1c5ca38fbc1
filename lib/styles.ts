/* The types of methods in every style. */
import type { Future } from './future.js';

/** A Node callback: called once, with an error or with a result, never before the call has returned. */
export type Callback<T> = (error: Error | undefined, result?: T) => void;

/** What may stand before the callback: all arguments, or all up to one that may be left out. */
type Before<A extends unknown[]> = number extends A['length']
  ? A
  : A extends []
    ? []
    : A extends [infer First, ...infer Rest]
      ? [First, ...Before<Rest>]
      : A extends [(infer First)?, ...infer Rest]
        ? [] | [First | undefined, ...Before<Rest>]
        : never;

type WithCallback<A extends unknown[], R> =
  Before<A> extends infer B ? (B extends unknown[] ? [...B, callback: Callback<R>] : never) : never;

/** What a method in sync style becomes: it calls its last argument back, or returns a future, to be awaited or yielded. */
export interface Asynchronized<This, A extends unknown[], R> {
  (this: This, ...args: WithCallback<A, R>): void;
  (this: This, ...args: A): Future<R>;
}

/** A method in every style: with a callback, or with a future, to be awaited or delegated to with `yield*`. */
export interface Method<A extends unknown[], R> {
  (...args: WithCallback<A, R>): void;
  (...args: A): Future<R>;
}
