/* A session's methods, in sync style. */
import {
  ClientSession,
  type MongoClient,
  type TransactionOptions,
  type WithTransactionCallback
} from 'mongodb';
import { type Body, type CallbackBody, promising } from '../body.js';
import { type SyncStyle, waitFor } from '../coroutine.js';
import { sessionOf } from '../driver.js';
import { told } from '../execute.js';

/** When and how often `body` runs, and what is committed again, is the driver's to know. */
export function* withTransaction<T>(
  this: ClientSession,
  body: Body<ClientSession, T> | CallbackBody<ClientSession, T>,
  options?: TransactionOptions
): SyncStyle<T> {
  const run = promising('withTransaction()', body) as WithTransactionCallback<T>;
  return yield* waitFor(ClientSession.prototype.withTransaction.call(this, run, options) as Promise<T>);
}

type Transactional = ClientSession & { readonly client: MongoClient };

export function commitTransaction(this: Transactional, options?: { timeoutMS?: number }): SyncStyle<void> {
  return ended(this, 'commitTransaction', options);
}

export function abortTransaction(this: Transactional, options?: { timeoutMS?: number }): SyncStyle<void> {
  return ended(this, 'abortTransaction', options);
}

/** What is sent, and sent again, is the driver's to know: to those who are told it is one operation. */
function ended(
  session: Transactional,
  commandName: 'commitTransaction' | 'abortTransaction',
  options?: object
): SyncStyle<void> {
  const owner = { client: session.client, namespace: 'admin' };
  return told(owner, { commandName, session: sessionOf(session) }, byDriver(session, commandName, options));
}

function* byDriver(
  session: ClientSession,
  method: 'commitTransaction' | 'abortTransaction',
  options?: object
): SyncStyle<void> {
  yield* waitFor(ClientSession.prototype[method].call(session, options));
}
