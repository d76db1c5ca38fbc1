import type { Document } from 'mongodb';
import { asynchronizeClass, type ClassTable } from './asynchronize.js';
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
  callerStack: (cursor: { client: MongoClient }) => cursor.client.callerStack
};

/** A cursor over what a query finds. Made by `Collection.find`. */
export class FindCursor<TSchema = unknown> extends DriverFindCursor<TSchema> {
  /** @internal */
  startOperation(options: Document): Operation<CursorResponse> {
    const { findOptions, cursorFilter, cursorNamespace } = cursorOf(this);
    return new FindOperation(cursorNamespace, cursorFilter, { ...findOptions, ...options });
  }

  override clone(): FindCursor<TSchema> {
    return ours(super.clone(), FindCursor) as FindCursor<TSchema>;
  }
}
/** Made by the table below. */
export interface FindCursor<TSchema> {
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

  override clone(): AggregationCursor<TSchema> {
    return ours(super.clone(), AggregationCursor) as AggregationCursor<TSchema>;
  }
}
/** Made by the table below. */
export interface AggregationCursor<TSchema> {
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

/** Makes one of ours out of what the driver has made. */
export function ours(made: object, Class: { prototype: object }): object {
  return Object.setPrototypeOf(made, Class.prototype) as object;
}
