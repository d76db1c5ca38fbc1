import type { Long } from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import { KillCursorsOperation, type Namespace, type Server, type Session } from '../driver.js';
import { execute, type Owner } from '../execute.js';

/** Closes a cursor that the server holds open. Never fails: by the specification its errors are not told. */
export function* killCursor(
  this: unknown,
  owner: Owner,
  id: Long,
  namespace: Namespace,
  { server, session }: { server: Server; session?: Session }
): SyncStyle<void> {
  try {
    yield* execute(owner, new KillCursorsOperation(id, namespace, server, { session }));
  } catch {
    return;
  }
}
