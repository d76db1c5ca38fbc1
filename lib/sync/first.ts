import type { AbstractCursor, Document } from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import { type CursorResponse, maybeClearPinnedConnection, type Operation, type Session } from '../driver.js';
import { execute, type Owner } from '../execute.js';
import { checkSignal } from '../options.js';
import { isOver } from '../response.js';
import { type Cursor, close, next } from './cursor.js';
import { killCursor } from './kill-cursor.js';

/**
 * Runs an operation whose first document is wanted, without making a cursor of it: the server has no more than that.
 *
 * @param cursor - makes a cursor of the same query, for a server that says there may be more and sends nothing yet
 */
export function* first(
  owner: Owner,
  operation: Operation<CursorResponse>,
  options: Document,
  cursor: () => AbstractCursor
): SyncStyle<Document | null> {
  const { signal, session } = options as { signal?: AbortSignal; session?: Session };
  let error: Error | undefined;
  if (signal !== undefined) checkSignal(signal);
  signal?.throwIfAborted();
  try {
    const response = yield* execute(owner, operation);
    const document = response.shift(options);
    if (isOver(response)) return document;
    yield* killCursor(owner, response.id, response.ns ?? operation.ns, { server: operation.server, session });
    return document ?? (yield* patiently(cursor() as Cursor<Document>));
  } catch (thrown) {
    error = thrown as Error;
    throw thrown;
  } finally {
    if (session && !session.inTransaction()) maybeClearPinnedConnection(session, { error });
  }
}

function* patiently(cursor: Cursor<Document>): SyncStyle<Document | null> {
  try {
    return yield* next.call<Cursor<Document>, [], SyncStyle<Document | null>>(cursor);
  } finally {
    yield* close.call(cursor as Cursor);
  }
}
