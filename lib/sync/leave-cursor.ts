import type { Long } from 'mongodb';
import { type SyncStyle, waitFor } from '../coroutine.js';
import type { CursorResponse, Namespace, Server, Session } from '../driver.js';
import type { Owner } from '../execute.js';
import type { Future } from '../future.js';
import { killCursor } from './kill-cursor.js';
import { idAfter } from './prefetch.js';

/** What a cursor had before it was rewound. */
interface Left {
  readonly server: Server;
  readonly asked?: Future<CursorResponse>;
  /** The one in which that was asked, which ends with it. */
  readonly session?: Session | null;
}

/** Closes what a cursor that was rewound has left open on the server. */
export function* leaveCursor(
  this: unknown,
  owner: Owner,
  id: Long,
  namespace: Namespace,
  { server, asked, session }: Left
): SyncStyle<void> {
  const last = yield* idAfter(asked, id);
  if (!last.isZero()) yield* killCursor(owner, last, namespace, { server, session: session ?? undefined });
  if (session) yield* waitFor(session.endSession());
}
