/* The types of a cursor's methods in every style. */
import type { AbstractCursor, Document, ExplainCommandOptions, ExplainVerbosityLike } from 'mongodb';
import type { MongoClient } from './client.js';
import type { Method } from './styles.js';

/** What the driver's types say no more of. */
export type Any = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- as they do

/**
 * What can be done with every cursor. A cursor class is this and the driver's class at once, with this first: of the
 * overloads of a method those come first that return a future.
 */
export interface Reading<TSchema> {
  /** @internal */
  readonly client: MongoClient;
  /** The next document, or null at the end. */
  next: Method<[], TSchema | null>;
  /** The next document, or null when the next batch is empty. */
  tryNext: Method<[], TSchema | null>;
  /** Whether there is another document. */
  hasNext: Method<[], boolean>;
  /** All documents that are left. */
  toArray: Method<[], TSchema[]>;
  /**
   * The documents at hand, or those of the next batch that has any; none at the end. Not in the driver.
   *
   * @example
   * for (let batch; (batch = yield* cursor.nextBatch()).length > 0; ) for (const doc of batch) use(doc);
   */
  nextBatch: Method<[], TSchema[]>;
  /** Calls `iterator` for each document, until it returns false. A callback is a second function. */
  forEach: Method<[iterator: (doc: TSchema) => boolean | void], void>;
  /** Frees what the cursor holds, here and on the server. */
  close: Method<[options?: { timeoutMS?: number }], void>;
  [Symbol.asyncDispose]: Method<[], void>;
  /** Gives this cursor, whose documents will be what `transform` makes of them. */
  map<T = Any>(transform: (doc: TSchema) => T): Reading<T> & AbstractCursor<T>;
}

/** What can be done with a cursor over a query that the server can explain. */
export interface Explaining<TSchema> extends Reading<TSchema> {
  /** How the server would run the query; by default all that it can say of it. */
  explain: Method<
    [
      verbosity?: ExplainVerbosityLike | ExplainCommandOptions | { timeoutMS?: number },
      options?: { timeoutMS?: number }
    ],
    Document
  >;
}

/** What can be asked of a cursor besides the driver's options. */
export interface CursorPrefetchOptions {
  /**
   * Ask for the next batch as soon as one has come, before its documents are used up: at most one batch is ahead. Not
   * for tailable cursors, nor with a session of yours. Default: false. Not in the driver.
   */
  prefetch?: boolean;
}

/** What a cursor class has itself. */
export type CursorStatics = Omit<typeof AbstractCursor, 'prototype'>;
