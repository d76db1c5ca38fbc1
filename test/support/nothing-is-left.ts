import { until } from './bounds';
import type { CursorLedger } from './cursor-ledger';
import { activeSessions } from './inside';
import type { MongoClient } from './motor';
import { atRest } from './pool-counts';

/** Waits until a client holds no session, no connection, and no cursor on a server that keeps an account of them. */
export async function nothingIsLeft(client: MongoClient, ledger?: CursorLedger): Promise<void> {
  if (ledger) await until('no cursor is open', () => ledger.open.size === 0, 1000);
  await until('no session is held', () => activeSessions(client) === 0, 1000);
  await until('the pool rests', () => atRest(client), 1000);
}
