// What a scenario is, and the part of a driver's interface that all rivals share.
import type { Document } from 'mongodb';

export type Callback<T> = (error: Error | null | undefined, result: T) => void;

/** What an asynchronous call gives: a promise, and from this library also something to `yield*`. */
export type Pending<T> = PromiseLike<T> & Iterable<unknown, T>;

export interface Method<A extends unknown[], T> {
  (...args: A): Pending<T>;
  (...args: [...A, Callback<T>]): void;
}

/** A collection of any of the drivers. */
export interface Collection {
  findOne: Method<[filter: object], Document | null>;
  insertOne: Method<[document: object], { insertedId?: unknown }>;
  find(filter: object): { toArray: Method<[], Document[]> };
}

export type ObjectIdClass = new (hex: string) => object;

/** The call of a scenario, ready to be made on a collection again and again, in either of two ways. */
export interface Call {
  start(): Pending<unknown>;
  startWithCallback(callback: Callback<unknown>): void;
}

/** The same as a command, for the rival that has no driver. */
export interface Wire {
  command(collection: string, ObjectId: ObjectIdClass): Document;
  /** The reply as the result that a driver makes of it. */
  resultOf(reply: Document, command: Document): unknown;
}

export interface Scenario {
  name: string;
  /** How many documents a call finds, or 0 if it writes one. */
  finds: number;
  call(collection: Collection, ObjectId: ObjectIdClass): Call;
  /** Said of each result, so cheap. */
  isRight(result: unknown): boolean;
  /** Throws an error that says what is wrong; asked once in a while, so thorough. */
  verify(result: unknown): void;
  wire: Wire;
}
