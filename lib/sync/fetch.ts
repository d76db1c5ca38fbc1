/* How a cursor gets its batches, in sync style. Source: the driver's AbstractCursor. */
import { abortListeners } from '../abort-listeners.js';
import { type SyncStyle, waitFor } from '../coroutine.js';
import {
  clientOf,
  CursorResponse,
  cursorOf,
  GetMoreOperation,
  type Server,
  type Session
} from '../driver.js';
import { execute } from '../execute.js';
import { namespaceIn } from '../response.js';
import { startImplicit } from '../session.js';
import { cleanup, type Cursor, refuseIfCutOff } from './free-cursor.js';
import { OneAtATime } from './one-at-a-time.js';
import { askAhead, prefetches, takeAhead } from './prefetch.js';
import { isReplaced } from './replaced.js';
import { startOptions } from './start-options.js';

const fetching = new OneAtATime<Cursor>();

/** How many documents are at hand. */
export function buffered(cursor: Cursor): number {
  return cursorOf(cursor).documents?.length ?? 0;
}

/** Gets the next batch, which may be empty: one for all who ask at once, where the driver asks for several. */
export function fetch(cursor: Cursor): SyncStyle<void> {
  return fetching.run(cursor, fetchBatch(cursor));
}

function* fetchBatch(cursor: Cursor): SyncStyle<void> {
  const state = cursorOf(cursor);
  if (state.isClosed) return refuseIfCutOff(cursor);
  if (state.isDead) return yield* cleanup(cursor);
  if (state.cursorId == null) {
    yield* initialize(cursor);
    if (buffered(cursor) !== 0 || state.isDead) return;
  }
  try {
    const response = isReplaced(cursor, 'getMore') ? yield* waitFor(state.getMore()) : yield* more(cursor);
    if (!state.initialized) return; // rewound meanwhile
    state.cursorId = response.id;
    state.documents = response;
    prefetch(cursor);
  } catch (error) {
    if (!state.initialized) return;
    yield* cleanup(cursor, error as Error);
    throw error;
  }
  yield* freeIfDead(cursor);
}

function* initialize(cursor: Cursor): SyncStyle<void> {
  const state = cursorOf(cursor);
  try {
    const session = (state.cursorSession ??= sessionFor(cursor));
    prefetches(cursor);
    if (state.signal) yield* heed(state.signal, cursor);
    const { server, response } = isReplaced(cursor, '_initialize')
      ? yield* waitFor(state._initialize(session))
      : yield* start(cursor, session);
    state.cursorOptions.omitMaxTimeMS = false;
    state.selectedServer = server;
    state.cursorId = response.id;
    state.cursorNamespace = namespaceIn(response, state.cursorNamespace);
    state.documents = response;
    state.numReturned = response.batchSize;
    state.initialized = true;
    prefetch(cursor);
  } catch (error) {
    state.initialized = true;
    yield* cleanup(cursor, error as Error);
    throw error;
  }
  yield* freeIfDead(cursor);
}

/**
 * Frees a cursor of which nothing more comes: its session is given back before all is read that is at hand.
 *
 * @throws why there is no more, when there would have been: see {@link refuseIfCutOff}
 */
function* freeIfDead(cursor: Cursor): SyncStyle<void> {
  const state = cursorOf(cursor);
  if (!state.isDead) return;
  const atEnd = state.cursorId?.isZero();
  yield* cleanup(cursor);
  if (!atEnd && buffered(cursor) === 0) refuseIfCutOff(cursor);
}

/** Code that is not ours gets one of the driver's. */
function sessionFor(cursor: Cursor): Session {
  const { client } = cursor;
  if (!isReplaced(cursor, '_initialize') && !isReplaced(cursor, 'getMore'))
    return startImplicit(client, cursor);
  return clientOf(client).startSession({ owner: cursor, explicit: false });
}

/**
 * An abort closes the cursor. It may come in the turn of the call: until then no connection is taken, as none is by the
 * driver, whose listener ours replaces.
 */
function* heed(signal: AbortSignal, cursor: Cursor): SyncStyle<void> {
  const state = cursorOf(cursor);
  const listeners = abortListeners(signal);
  const close = (): void => void cursor.close().catch(() => {});
  state.abortListener?.[Symbol.dispose]();
  state.abortListener = { [Symbol.dispose]: () => listeners.delete(close) };
  listeners.add(close);
  yield* waitFor(Promise.resolve());
  signal.throwIfAborted();
}

function* start(cursor: Cursor, session: Session): SyncStyle<{ server: Server; response: CursorResponse }> {
  const state = cursorOf(cursor);
  const options = startOptions(cursor);
  options.session = session;
  options.signal = state.signal;
  const operation = cursor.startOperation(options);
  const response = yield* execute(cursor, operation);
  cursor.received?.(response, operation.server, true);
  return { server: operation.server, response };
}

function prefetch(cursor: Cursor): void {
  if (!prefetches(cursor) || isReplaced(cursor, 'getMore')) return;
  if (!cursorOf(cursor).isDead && remaining(cursor) !== 0) askAhead(cursor, getMore(cursor));
}

/** How many documents its `limit` leaves. */
function remaining(cursor: Cursor): number {
  const { findOptions, numReturned } = cursorOf(cursor);
  return (findOptions?.limit ?? Infinity) - numReturned;
}

/** The server need not know of a `limit` when it makes a batch: what is over is not asked for. */
function* more(cursor: Cursor): SyncStyle<CursorResponse> {
  const state = cursorOf(cursor);
  if (remaining(cursor) === 0 && !state.cursorId?.isZero()) {
    yield* cleanup(cursor);
    return CursorResponse.emptyGetMore;
  }
  const asked = takeAhead(cursor);
  const response = asked ? yield* waitFor(asked) : yield* getMore(cursor);
  state.numReturned += response.batchSize;
  return response;
}

function* getMore(cursor: Cursor): SyncStyle<CursorResponse> {
  const state = cursorOf(cursor);
  const { batchSize } = state.cursorOptions;
  const left = remaining(cursor);
  const operation = new GetMoreOperation(state.cursorNamespace, state.cursorId!, state.selectedServer!, {
    ...state.cursorOptions,
    session: state.cursorSession,
    batchSize: batchSize !== undefined && batchSize > left ? left : batchSize,
    ...state.getMoreOptions
  });
  const response = yield* execute(cursor, operation);
  cursor.received?.(response, operation.server, false);
  return response;
}
