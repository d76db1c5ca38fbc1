import type { Readable } from 'node:stream';
import type { AggregationCursor as Aggregation, CountOptions, Document, FindCursor as Find } from 'mongodb';
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
import type { MongoClient } from './client.js';
import type { Any, CursorStatics, Explaining } from './cursor-types.js';
import { pushingAhead } from './cursor-stream.js';
import { JsonStream } from './json-stream.js';
import type { Method } from './styles.js';
import * as asking from './sync/ask-cursor.js';
import * as sync from './sync/cursor.js';
import { forgetCutOff, forgetFreeing, refuseIfCutOff } from './sync/free-cursor.js';
import { jsonBuffer, type JsonOptions } from './sync/json.js';
import { leaveCursor } from './sync/leave-cursor.js';
import { takeAhead } from './sync/prefetch.js';
import { remember } from './sync/replaced.js';

/** In the driver, reading an array calls `next` for each batch. */
const heeded: Readonly<Record<string, readonly string[]>> = {
  next: ['next'],
  tryNext: ['tryNext'],
  hasNext: ['hasNext'],
  toArray: ['toArray', 'next']
};

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
  delegated: { [Symbol.asyncDispose]: { arity: 0 } },
  chaining: ['clone'],
  wrap: { clone: (cursor: object, made: object) => ours(made, cursor.constructor) },
  heeds: name => heeded[name] ?? [],
  callerStack: (cursor?: { client: MongoClient }) => cursor?.client.callerStack
};

export const explaining: ClassTable['async'] = { explain: asking.explain };

const querying: ClassTable['async'] = { ...explaining, jsonBuffer };

/** Gives a cursor class what all of them have, and what it has besides. */
export function cursorClass(
  Class: abstract new (...args: Any[]) => sync.Cursor,
  besides?: ClassTable['async']
): void {
  asynchronizeClass(Class, { ...reading, async: { ...reading.async, ...besides } });
  const parent = Object.getPrototypeOf(Class.prototype) as sync.Cursor;
  remember(parent);
  const hidden = { configurable: true, enumerable: false, writable: true };
  Object.defineProperties(Class.prototype, {
    rewind: {
      ...hidden,
      value: function (this: sync.Cursor): void {
        rewind(this, () => parent.rewind.call(this));
      }
    },
    stream: {
      ...hidden,
      value: function (this: sync.Cursor): Readable {
        return pushingAhead(parent.stream.call(this), this);
      }
    },
    [Symbol.asyncIterator]: {
      ...hidden,
      value: function (this: sync.Cursor): AsyncGenerator<unknown, void, void> {
        return iterate(this);
      }
    }
  });
}

const FindBase = DriverFindCursor as CursorStatics &
  (new <T>(...args: ConstructorParameters<typeof DriverFindCursor>) => Explaining<T> & Find<T>);

/** A cursor over what a query finds. Made by `Collection.find`. */
export class FindCursor<TSchema = Any> extends FindBase<TSchema> {
  /** The same text as of `jsonBuffer`, as a stream of bytes: a batch is asked for when it is read. Not in the driver. */
  jsonStream(options?: JsonOptions): Readable {
    return new JsonStream(this, options);
  }

  /** @internal */
  startOperation(options: Document): Operation<CursorResponse> {
    const { cursorFilter, cursorNamespace } = cursorOf(this);
    return new FindOperation(cursorNamespace, cursorFilter, options);
  }
}
/** Made by the tables above, or by the driver. */
export interface FindCursor<TSchema> {
  clone(): FindCursor<TSchema>;
  map<T>(transform: (doc: TSchema) => T): FindCursor<T>;
  project<T extends Document = Document>(value: Document): FindCursor<T>;
  /** @deprecated use `Collection.countDocuments` or `Collection.estimatedDocumentCount` */
  count: Method<[options?: CountOptions], number>;
  /**
   * A JSON array of all documents that are left, written from their bytes: the text that `JSON.stringify` gives of
   * `toArray`. With `lines`, one for each. Not in the driver.
   */
  jsonBuffer: Method<[options?: JsonOptions], Buffer>;
}
cursorClass(FindCursor, { ...querying, count: asking.count });

const AggregationBase = DriverAggregationCursor as CursorStatics &
  (new <T>(...args: ConstructorParameters<typeof DriverAggregationCursor>) => Explaining<T> & Aggregation<T>);

/** A cursor over what an aggregation gives. Made by `Collection.aggregate` and `Db.aggregate`. */
export class AggregationCursor<TSchema = Any> extends AggregationBase<TSchema> {
  /** The same text as of `jsonBuffer`, as a stream of bytes: a batch is asked for when it is read. Not in the driver. */
  jsonStream(options?: JsonOptions): Readable {
    return new JsonStream(this, options);
  }

  /** @internal */
  startOperation(options: Document): Operation<CursorResponse> {
    return startAggregation(this, options);
  }
}
/** Made by the tables above, or by the driver. */
export interface AggregationCursor<TSchema> {
  clone(): AggregationCursor<TSchema>;
  map<T>(transform: (doc: TSchema) => T): AggregationCursor<T>;
  addStage(stage: Document): this;
  addStage<T = Document>(stage: Document): AggregationCursor<T>;
  group<T = TSchema>($group: Document): AggregationCursor<T>;
  project<T extends Document = Document>($project: Document): AggregationCursor<T>;
  /**
   * A JSON array of all documents that are left, written from their bytes: the text that `JSON.stringify` gives of
   * `toArray`. With `lines`, one for each. Not in the driver.
   */
  jsonBuffer: Method<[options?: JsonOptions], Buffer>;
}
cursorClass(AggregationCursor, querying);

export function startAggregation(
  cursor: { readonly pipeline: Document[] },
  options: Document
): Operation<CursorResponse> {
  return new AggregateOperation(cursorOf(cursor).cursorNamespace, cursor.pipeline, options);
}

const leave = asynchronize(leaveCursor);

/** The driver forgets the cursor that the server holds open: it is closed. */
function rewind(cursor: sync.Cursor, byDriver: () => void): void {
  const state = cursorOf(cursor);
  if (!state.initialized) return byDriver(); // which leaves it as it is
  const { cursorId, cursorNamespace, selectedServer: server, cursorSession } = state;
  const asked = takeAhead(cursor);
  const freeing = forgetFreeing(cursor);
  if ((asked || freeing) && !cursorSession?.explicit) state.cursorSession = null; // it is in use
  byDriver();
  if (!state.isClosed) forgetCutOff(cursor);
  if (cursorId && server && !cursorId.isZero()) {
    const session = asked && cursorSession;
    void leave.call(undefined, cursor, cursorId, cursorNamespace, { server, asked, session });
  }
}

/** Reads a cursor in `for await`, and closes it when the loop is left. */
async function* iterate<T>(cursor: sync.Cursor<T>): AsyncGenerator<T, void, void> {
  const { signal } = cursorOf(cursor);
  signal?.throwIfAborted();
  if (cursor.closed) return refuseIfCutOff(cursor);
  try {
    for (;;) {
      if (cursor.killed || cursor.closed) return refuseIfCutOff(cursor);
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
