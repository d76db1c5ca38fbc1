import { type AbstractCursor, type Document, Long, type MongoClient, MongoClientClosedError } from 'mongodb';
import { type SyncStyle, waitFor } from '../coroutine.js';
import {
  type CursorResponse,
  cursorOf,
  maybeClearPinnedConnection,
  type Operation,
  type Server
} from '../driver.js';
import { Future } from '../future.js';
import { endImplicit } from '../session.js';
import { killCursor } from './kill-cursor.js';
import { idAfter, takeAhead } from './prefetch.js';

/** A cursor of ours: it makes the operation that starts it. */
export interface Cursor<T = unknown> extends AbstractCursor<T> {
  readonly client: MongoClient;
  /** @internal With its `startOptions`, and what is added to them. */
  startOperation(options: Document): Operation<CursorResponse>;
  /** @internal Hears of each batch before it is read. */
  received?(batch: CursorResponse, server: Server, first: boolean): void;
}

const freeing = new WeakMap<Cursor, Future<void>>();
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
 * @throws MongoClientClosedError when the client was closed before
 */
export function refuseIfCutOff(cursor: object): void {
  if (cutShort.has(cursor)) throw new MongoClientClosedError();
}

/** Frees a cursor once, whoever closes it: a reader, a signal, a stream, the client. The others wait for that. */
export function* cleanup(cursor: Cursor, error?: Error): SyncStyle<void> {
  const underWay = freeing.get(cursor);
  if (underWay) return yield* waitFor(underWay);
  const freed = Future.defer<void>();
  freeing.set(cursor, freed.future);
  try {
    yield* free(cursor, error);
  } finally {
    freeing.delete(cursor);
    freed.resolve();
  }
}

/** Frees what the cursor holds, here and on the server. What goes wrong in that is not the reader's concern. */
function* free(cursor: Cursor, error?: Error): SyncStyle<void> {
  const state = cursorOf(cursor);
  state.abortListener?.[Symbol.dispose]();
  state.isClosed = true;
  try {
    const session = state.cursorSession;
    if (!session) return; // it was never started, or rewound and not started again
    const { cursorId, selectedServer: server } = state;
    if (!state.isKilled && cursorId && !cursorId.isZero() && server && !session.hasEnded) {
      state.isKilled = true;
      state.cursorId = Long.ZERO;
      const id = yield* idAfter(takeAhead(cursor), cursorId);
      if (!id.isZero()) yield* killCursor(cursor, id, state.cursorNamespace, { server, session });
    }
    const ending = session.owner === cursor ? endImplicit(session, error) : undefined;
    if (ending) yield* waitFor(ending);
    if (!session.inTransaction()) maybeClearPinnedConnection(session, { error });
  } finally {
    state.emitClose();
  }
}
