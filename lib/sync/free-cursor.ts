import { type AbstractCursor, type Document, Long, type MongoClient, MongoClientClosedError } from 'mongodb';
import { type SyncStyle, waitFor } from '../coroutine.js';
import {
  type CursorResponse,
  cursorOf,
  maybeClearPinnedConnection,
  type Operation,
  type Server
} from '../driver.js';
import { endImplicit } from '../session.js';
import { killCursor } from './kill-cursor.js';
import { OneAtATime } from './one-at-a-time.js';
import { idAfter, takeAhead } from './prefetch.js';

/** A cursor of ours: it makes the operation that starts it. */
export interface Cursor<T = unknown> extends AbstractCursor<T> {
  readonly client: MongoClient;
  /** @internal With its `startOptions`, and what is added to them. */
  startOperation(options: Document): Operation<CursorResponse>;
  /** @internal Hears of each batch before it is read. */
  received?(batch: CursorResponse, server: Server, first: boolean): void;
}

const freeing = new OneAtATime<Cursor>();
const cutShort = new WeakSet<object>();

/** The client is about to close a cursor that was not read to its end. */
export function cutOff(cursor: object): void {
  cutShort.add(cursor);
}

/** The cursor begins anew. */
export function forgetCutOff(cursor: object): void {
  cutShort.delete(cursor);
}

/**
 * Says why no more documents come to those who would take it for the end.
 *
 * @throws the reason of the cursor's signal when that is aborted, or MongoClientClosedError when the client was closed before
 */
export function refuseIfCutOff(cursor: object): void {
  cursorOf(cursor).signal?.throwIfAborted();
  if (cutShort.has(cursor)) throw new MongoClientClosedError();
}

/** Frees a cursor once, whoever closes it: a reader, a signal, a stream, the client. */
export function cleanup(cursor: Cursor, error?: Error): SyncStyle<void> {
  return freeing.run(cursor, free(cursor, error));
}

/** The cursor is about to begin anew. Gives whether it is still being freed, in its session. */
export function forgetFreeing(cursor: Cursor): boolean {
  return freeing.forget(cursor);
}

/** Frees what the cursor holds, here and on the server. What goes wrong in that is not the reader's concern. */
function* free(cursor: Cursor, error?: Error): SyncStyle<void> {
  const state = cursorOf(cursor);
  state.abortListener?.[Symbol.dispose]();
  state.isClosed = true;
  try {
    const session = state.cursorSession;
    if (!session) return; // it was never started, or rewound and not started again
    if (!state.initialized) return; // it is being started: who does that frees it, and knows its id then
    const { cursorId, selectedServer: server } = state;
    if (!state.isKilled && cursorId && !cursorId.isZero() && server) {
      state.isKilled = true;
      state.cursorId = Long.ZERO;
      const id = yield* idAfter(takeAhead(cursor), cursorId);
      const usable = session.hasEnded ? undefined : session; // it may be the caller's, who need not wait for us
      if (!id.isZero()) yield* killCursor(cursor, id, state.cursorNamespace, { server, session: usable });
    }
    const ending = session.owner === cursor ? endImplicit(session, error) : undefined;
    if (ending) yield* waitFor(ending);
    if (!session.inTransaction()) maybeClearPinnedConnection(session, { error });
  } finally {
    if (state.isClosed) state.emitClose(); // and not rewound meanwhile
  }
}
