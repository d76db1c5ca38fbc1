import type { Long } from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import { KillCursorsOperation, type Namespace, type Server, type Session } from '../driver.js';
import { execute, type Owner } from '../execute.js';

/** Closes a cursor that the server holds open. Never fails: what is wrong with it is the server's to clean up. */
export function* killCursor(
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
