/*
 * Reading a cursor, in sync style. The state is the driver's own, in the cursor: `clone`, `rewind`, `map`, `closed` and
 * the rest find what they know. Source: the driver's AbstractCursor and FindCursor.
 */
import {
  type AbstractCursor,
  type Document,
  Long,
  MongoAPIError,
  MongoCursorExhaustedError,
  MongoInvalidArgumentError
} from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import { type CursorResponse, cursorOf } from '../driver.js';
import { buffered, fetch } from './fetch.js';
import { restOf } from '../response.js';
import { cleanup, type Cursor, refuseIfCutOff } from './free-cursor.js';

export type { Cursor } from './free-cursor.js';

export function* next<T>(this: Cursor<T>): SyncStyle<T | null> {
  const cursor = open(this);
  do {
    const document = take(this);
    if (document !== undefined) return yield* transformed<T>(this, document);
    yield* fetch(this);
  } while (!cursor.isDead || buffered(this) !== 0);
  return null;
}

export function* tryNext<T>(this: Cursor<T>): SyncStyle<T | null> {
  open(this);
  if (buffered(this) === 0) yield* fetch(this);
  const document = take(this);
  return document === undefined ? null : yield* transformed<T>(this, document);
}

export function* hasNext(this: Cursor): SyncStyle<boolean> {
  const cursor = cursorOf(this);
  cursor.signal?.throwIfAborted();
  if (cursor.cursorId === Long.ZERO) {
    refuseIfCutOff(this);
    return false;
  }
  do {
    if (buffered(this) !== 0) return true;
    yield* fetch(this);
  } while (!cursor.isDead || buffered(this) !== 0);
  return false;
}

export function* toArray<T>(this: Cursor<T>): SyncStyle<T[]> {
  const all = yield* nextBatch.call<Cursor<T>, [], SyncStyle<T[]>>(this);
  for (let batch; (batch = yield* nextBatch.call<Cursor<T>, [], SyncStyle<T[]>>(this)).length > 0;) {
    for (const document of batch) all.push(document);
  }
  return all;
}

/** All documents of a cursor that is one of ours, if the driver's by its type. */
export function* all<T>(cursor: AbstractCursor<T>): SyncStyle<T[]> {
  return yield* toArray.call<Cursor<T>, [], SyncStyle<T[]>>(cursor as Cursor<T>);
}

/** The documents at hand, or those of the next batch that has any. None: the cursor is at its end, and closed. */
export function* nextBatch<T>(this: Cursor<T>): SyncStyle<T[]> {
  const cursor = cursorOf(this);
  cursor.signal?.throwIfAborted();
  let batch: T[] = [];
  if (this.closed || cursor.cursorId === Long.ZERO) {
    refuseIfCutOff(this);
    return batch;
  }
  try {
    while (buffered(this) === 0 && !cursor.isDead) yield* fetch(this);
    const documents = takeAll(this);
    if (!cursor.transform) batch = documents as T[];
    else for (const document of documents) batch.push(yield* transformed<T>(this, document));
  } catch (error) {
    if (!cursor.isClosed) yield* cleanup(this);
    throw error;
  }
  if (batch.length === 0 && !cursor.isClosed) yield* cleanup(this);
  return batch;
}

/** @param iterator - called for each document, until it returns false */
export function* forEach<T>(this: Cursor<T>, iterator: (document: T) => boolean | void): SyncStyle<void> {
  const { signal } = cursorOf(this);
  signal?.throwIfAborted();
  if (typeof iterator !== 'function') {
    throw new MongoInvalidArgumentError('Argument "iterator" must be a function');
  }
  try {
    while (!this.closed && !this.killed) {
      const document = atHand(this) ?? (yield* next.call<Cursor<T>, [], SyncStyle<T | null>>(this));
      if (document === null || iterator(document) === false) return;
      signal?.throwIfAborted();
    }
    refuseIfCutOff(this);
  } finally {
    if (!cursorOf(this).isClosed) yield* cleanup(this);
  }
}

/** The next document, if it is here already and as it is to be read: what need not be waited for. */
export function atHand<T>(cursor: Cursor<T>): T | undefined {
  return cursorOf(cursor).transform ? undefined : (take(cursor) as T | undefined);
}

export function* close(this: Cursor): SyncStyle<void> {
  yield* cleanup(this);
}

/** Whether it may be read. @throws MongoCursorExhaustedError when it was read to its end */
function open(cursor: Cursor) {
  const state = cursorOf(cursor);
  state.signal?.throwIfAborted();
  if (state.cursorId === Long.ZERO) {
    refuseIfCutOff(cursor);
    throw new MongoCursorExhaustedError();
  }
  return state;
}

/** All documents at hand, decoded in one pass when that can be: a quarter of what it costs to read them one by one. */
function takeAll(cursor: Cursor): Document[] {
  const { documents, deserializationOptions: options } = cursorOf(cursor);
  if (!documents) return [];
  return restOf(documents, options) ?? oneByOne(documents, options);
}

function oneByOne(documents: CursorResponse, options: Document): Document[] {
  const all: Document[] = [];
  for (let document; (document = documents.shift(options));) all.push(document);
  return all;
}

function take(cursor: Cursor): Document | undefined {
  const { documents, deserializationOptions } = cursorOf(cursor);
  return documents?.shift(deserializationOptions) ?? undefined;
}

function* transformed<T>(cursor: Cursor<T>, document: Document): SyncStyle<T> {
  const { transform } = cursorOf(cursor);
  if (!transform) return document as T;
  try {
    const result = transform(document);
    if (result !== null) return result as T;
    throw new MongoAPIError(
      'Cursor returned a `null` document, but the cursor is not exhausted.  Mapping documents to `null` is not supported in the cursor transform.'
    );
  } catch (error) {
    yield* cleanup(cursor);
    throw error;
  }
}
