/* The types of functions that are run in a session, and of the methods that run them. */
import type { ClientSessionOptions, TransactionOptions } from 'mongodb';
import type { Body, CallbackBody } from './body.js';
import type { ClientSession } from './client-session.js';
import type { Future } from './future.js';
import type { Callback } from './styles.js';

/** A function that is run in a session: it returns a promise, a future or a generator (run as a coroutine). */
export type SessionBody<T> = Body<ClientSession, T>;

/** A function that is run in a session, and calls its second parameter back. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- it says itself what it calls back with
export type SessionCallbackBody = CallbackBody<ClientSession, any>;

/** With less than two parameters it would be given no callback. */
type IfTwo<F extends SessionCallbackBody, A extends unknown[]> = Parameters<F>['length'] extends 2
  ? A
  : [never];

/** What a body calls back with. */
type ResultOf<F extends SessionCallbackBody> = Parameters<F>[1] extends Callback<infer T> ? T : unknown;

type Options = TransactionOptions & { timeoutMS?: number };

/** The overloads for bodies that take a callback come first: only so do both of a body's parameters get their types. */
export interface WithTransaction {
  <F extends SessionCallbackBody>(
    body: F,
    ...rest: IfTwo<F, [callback: Callback<ResultOf<F>>] | [Options | undefined, Callback<ResultOf<F>>]>
  ): void;
  <F extends SessionCallbackBody>(body: F, ...rest: IfTwo<F, [options?: Options]>): Future<ResultOf<F>>;
  <T>(body: SessionBody<T>, callback: Callback<T>): void;
  <T>(body: SessionBody<T>, options: Options | undefined, callback: Callback<T>): void;
  <T>(body: SessionBody<T>, options?: Options): Future<T>;
}

export interface WithSession {
  <F extends SessionCallbackBody>(body: F, ...rest: IfTwo<F, [callback: Callback<ResultOf<F>>]>): void;
  <F extends SessionCallbackBody>(body: F, ...rest: IfTwo<F, []>): Future<ResultOf<F>>;
  <F extends SessionCallbackBody>(
    options: ClientSessionOptions,
    body: F,
    ...rest: IfTwo<F, [callback: Callback<ResultOf<F>>]>
  ): void;
  <F extends SessionCallbackBody>(
    options: ClientSessionOptions,
    body: F,
    ...rest: IfTwo<F, []>
  ): Future<ResultOf<F>>;
  <T>(body: SessionBody<T>, callback: Callback<T>): void;
  <T>(options: ClientSessionOptions, body: SessionBody<T>, callback: Callback<T>): void;
  <T>(body: SessionBody<T>): Future<T>;
  <T>(options: ClientSessionOptions, body: SessionBody<T>): Future<T>;
}
