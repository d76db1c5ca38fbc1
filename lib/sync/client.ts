/* The client's methods, in sync style. */
import { MongoClient as DriverMongoClient } from 'mongodb';
import { type SyncStyle, waitFor } from '../coroutine.js';
import { clientOf } from '../driver.js';
import type { Pool } from '../pool.js';

/** How long a client that is closed waits for servers to take its leave (`endSessions`, `killCursors`), in ms. */
const FAREWELL = 1000;

/**
 * Closes the client: callers who wait are refused, those whose operation is under way get an error, cursors and
 * sessions are ended. Servers that do not answer are not waited for.
 */
export function* close(this: DriverMongoClient, force?: boolean): SyncStyle<void> {
  const { topology } = clientOf(this);
  for (const { pool } of topology?.s.servers.values() ?? []) (pool as Pool).leave(); // before there are farewells to wait
  const closing = DriverMongoClient.prototype.close.call(this, force);
  const impatience = setTimeout(() => topology?.closeCheckedOutConnections(), FAREWELL);
  try {
    yield* waitFor(closing);
  } finally {
    clearTimeout(impatience);
  }
}
