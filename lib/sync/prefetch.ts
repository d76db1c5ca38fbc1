/*
 * The option `prefetch` of a cursor: when a batch has come, the next is asked for, in a coroutine of its own. It is there,
 * or on its way, when the reader gets to it. At most one is ahead.
 */
import { type Long, MongoInvalidArgumentError } from 'mongodb';
import { Coroutine, type SyncStyle, waitFor } from '../coroutine.js';
import { type CursorResponse, cursorOf } from '../driver.js';
import { Future } from '../future.js';

const ahead = new WeakMap<object, Future<CursorResponse>>();

/**
 * Whether a cursor that has its session asks ahead.
 *
 * @throws MongoInvalidArgumentError when it is to, but must not
 */
export function prefetches(cursor: object): boolean {
  const { findOptions, aggregateOptions, cursorOptions, cursorSession } = cursorOf(cursor);
  if (!(findOptions ?? aggregateOptions)?.prefetch) return false;
  if (cursorOptions.tailable || cursorOptions.awaitData) {
    throw new MongoInvalidArgumentError(
      'Option "prefetch" is not for tailable cursors: they wait for a batch'
    );
  }
  if (cursorSession?.explicit) {
    throw new MongoInvalidArgumentError(
      'Option "prefetch" is not for cursors with a session of yours: it has one operation at a time'
    );
  }
  return true;
}

/** Starts to ask for a batch. It is kept until it is taken, and so is an error. */
export function askAhead(cursor: object, asking: SyncStyle<CursorResponse>): void {
  const asked = Future.defer<CursorResponse>();
  asked.future.catch(() => {}); // it is told when the reader gets there
  ahead.set(cursor, asked.future);
  new Coroutine(asking, asked).start();
}

/** What has been asked ahead, for the one who takes it. */
export function takeAhead(cursor: object): Future<CursorResponse> | undefined {
  const asked = ahead.get(cursor);
  if (asked) ahead.delete(cursor);
  return asked;
}

/** The id of a cursor after what was asked ahead, which is dropped. The server holds a cursor while it makes a batch. */
export function* idAfter(asked: Future<CursorResponse> | undefined, id: Long): SyncStyle<Long> {
  if (!asked) return id;
  try {
    return (yield* waitFor(asked)).id;
  } catch {
    return id;
  }
}
