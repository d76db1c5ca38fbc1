import type { Document } from 'mongodb';
import { asynchronize, asynchronizeClass, type ClassTable } from './asynchronize.js';
import {
  AggregateOperation,
  type CursorResponse,
  cursorOf,
  DriverAggregationCursor,
  DriverFindCursor,
  FindOperation,
  type Operation
} from './driver.js';
import type { Method } from './styles.js';
import * as sync from './sync/cursor.js';
import { killCursor } from './sync/kill-cursor.js';
import type { MongoClient } from './client.js';

const reading: ClassTable = {
  async: {
    next: sync.next,
    tryNext: sync.tryNext,
    hasNext: sync.hasNext,
    toArray: sync.toArray,
    nextBatch: sync.nextBatch,
    forEach: { method: sync.forEach, takesFunctions: true },
    close: { method: sync.close, arity: 1 }
  },
  delegated: { explain: { arity: 2 } },
  callerStack: (cursor?: { client: MongoClient }) => cursor?.client.callerStack
};

/** A cursor over what a query finds. Made by `Collection.find`. */
export class FindCursor<TSchema = unknown> extends DriverFindCursor<TSchema> {
  /** @internal */
  startOperation(options: Document): Operation<CursorResponse> {
    const { findOptions, cursorFilter, cursorNamespace } = cursorOf(this);
    return new FindOperation(cursorNamespace, cursorFilter, { ...findOptions, ...options });
  }

  override [Symbol.asyncIterator](): AsyncGenerator<TSchema, void, void> {
    return iterate(this);
  }

  override rewind(): void {
    rewind(this, () => super.rewind());
  }

  override clone(): FindCursor<TSchema> {
    return ours(super.clone(), FindCursor) as FindCursor<TSchema>;
  }
}
/** Made by the table below. */
export interface FindCursor<TSchema> {
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
  map<T>(transform: (doc: TSchema) => T): FindCursor<T>;
}
asynchronizeClass(FindCursor, { ...reading, delegated: { ...reading.delegated, count: { arity: 1 } } });

/** A cursor over what an aggregation gives. Made by `Collection.aggregate` and `Db.aggregate`. */
export class AggregationCursor<TSchema = unknown> extends DriverAggregationCursor<TSchema> {
  /** @internal */
  startOperation(options: Document): Operation<CursorResponse> {
    const { aggregateOptions, cursorNamespace } = cursorOf(this);
    return new AggregateOperation(cursorNamespace, this.pipeline, { ...aggregateOptions, ...options });
  }

  override [Symbol.asyncIterator](): AsyncGenerator<TSchema, void, void> {
    return iterate(this);
  }

  override rewind(): void {
    rewind(this, () => super.rewind());
  }

  override clone(): AggregationCursor<TSchema> {
    return ours(super.clone(), AggregationCursor) as AggregationCursor<TSchema>;
  }
}
/** Made by the table below. */
export interface AggregationCursor<TSchema> {
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
  map<T>(transform: (doc: TSchema) => T): AggregationCursor<T>;
}
asynchronizeClass(AggregationCursor, reading);

const kill = asynchronize(killCursor);

/** The driver forgets the cursor that the server holds open: it is closed. */
function rewind(cursor: FindCursor | AggregationCursor, byDriver: () => void): void {
  const { cursorId, cursorNamespace, selectedServer: server } = cursorOf(cursor);
  byDriver();
  if (cursorId && server && !cursorId.isZero())
    void kill.call(undefined, cursor, cursorId, cursorNamespace, { server });
}

/** Reads a cursor in `for await`, and closes it when the loop is left. */
async function* iterate<T>(
  cursor: sync.Cursor<T> & { next(): Promise<T | null> }
): AsyncGenerator<T, void, void> {
  const { signal } = cursorOf(cursor);
  signal?.throwIfAborted();
  if (cursor.closed) return;
  try {
    for (;;) {
      if (cursor.killed || cursor.closed) return;
      const document: T | null = sync.atHand<T>(cursor) ?? (await cursor.next());
      if (document === null) return;
      yield document;
      signal?.throwIfAborted();
    }
  } finally {
    if (!cursorOf(cursor).isClosed) await cursor.close().catch(() => {});
  }
}

/** Makes one of ours out of what the driver has made. */
export function ours(made: object, Class: { prototype: object }): object {
  return Object.setPrototypeOf(made, Class.prototype) as object;
}
