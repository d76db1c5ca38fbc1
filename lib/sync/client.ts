/* The client's methods, in sync style. */
import {
  type ClientSession,
  type ClientSessionOptions,
  MongoClient as DriverMongoClient,
  MongoInvalidArgumentError,
  type WithSessionCallback
} from 'mongodb';
import { type Body, type CallbackBody, promising } from '../body.js';
import { type SyncStyle, waitFor } from '../coroutine.js';
import { clientOf, type Topology } from '../driver.js';
import type { Pool } from '../pool.js';
import { cutOff } from './free-cursor.js';

/** How long a client that is closed waits for servers to take its leave (`endSessions`, `killCursors`), in ms. */
const FAREWELL = 1000;

/**
 * Closes the client: callers who wait are refused, those whose operation is under way get an error, cursors and
 * sessions are ended. Servers that do not answer are not waited for.
 */
export function* close(this: DriverMongoClient, force?: boolean): SyncStyle<void> {
  const { topology, s } = clientOf(this);
  for (const cursor of s.activeCursors) cutOff(cursor);
  for (const pool of poolsOf(topology)) pool.refuseWaiters(); // before there are farewells that wait
  const closing = DriverMongoClient.prototype.close.call(this, force);
  const impatience = setTimeout(() => {
    for (const pool of poolsOf(topology)) pool.leave();
    topology?.closeCheckedOutConnections();
  }, FAREWELL);
  try {
    yield* waitFor(closing);
  } finally {
    clearTimeout(impatience);
  }
}

function poolsOf(topology: Topology | undefined): Pool[] {
  return Array.from(topology?.s.servers.values() ?? [], ({ pool }) => pool as Pool);
}

type SessionBody<T> = Body<ClientSession, T> | CallbackBody<ClientSession, T>;

/** Takes the options first, as the driver does, or only the body. */
export function* withSession<T>(
  this: DriverMongoClient,
  first: SessionBody<T> | ClientSessionOptions,
  second?: SessionBody<T>
): SyncStyle<T> {
  const [options, body] = typeof first === 'function' ? [{}, first] : [first, second];
  if (body == null) throw new MongoInvalidArgumentError('Missing required callback parameter');
  const run = promising('withSession()', body) as WithSessionCallback<T>;
  return yield* waitFor(DriverMongoClient.prototype.withSession.call(this, options, run) as Promise<T>);
}
