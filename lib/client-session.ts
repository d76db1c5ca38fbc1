import { ClientSession as DriverClientSession, type EndSessionOptions } from 'mongodb';
import { asynchronizeClass } from './asynchronize.js';
import type { MongoClient } from './client.js';
import type { WithTransaction } from './session-types.js';
import type { Method } from './styles.js';
import * as sync from './sync/client-session.js';

/** The driver's `ClientSession`, in every style. Made by `MongoClient.startSession`. */
export class ClientSession extends DriverClientSession {}

/** Made by the table below. */
export interface ClientSession {
  /** @internal */
  readonly client: MongoClient;
  /** Aborts a transaction that is still open, and gives back what the session holds. */
  endSession: Method<[options?: EndSessionOptions], void>;
  commitTransaction: Method<[options?: { timeoutMS?: number }], void>;
  abortTransaction: Method<[options?: { timeoutMS?: number }], void>;
  /**
   * Runs `body` in a transaction, and commits that: again and again, for 120 s at most, when it failed for a reason
   * that may pass. An error of the body aborts it. `body` is of any style, whatever the style of the call:
   * an async function, one that returns a promise or future, a generator function (run as a coroutine), or a function
   * with a Node callback as its second parameter.
   *
   * @example
   * await session.withTransaction(async session => users.insertOne({ name: 'Ada' }, { session }));
   * yield* session.withTransaction(function* (session) {
   *   yield* users.insertOne({ name: 'Ada' }, { session });
   * });
   * session.withTransaction(
   *   (session, done) => users.insertOne({ name: 'Ada' }, { session }, done),
   *   (error, inserted) => …
   * );
   */
  withTransaction: WithTransaction;
  [Symbol.asyncDispose]: Method<[], void>;
}

asynchronizeClass(ClientSession, {
  async: {
    withTransaction: { method: sync.withTransaction, arity: 2, takesFunctions: 1 },
    commitTransaction: { method: sync.commitTransaction, arity: 1 },
    abortTransaction: { method: sync.abortTransaction, arity: 1 }
  },
  delegated: {
    endSession: { arity: 1 },
    [Symbol.asyncDispose]: { arity: 0 }
  },
  callerStack: (session?: ClientSession) => session?.client.callerStack
});
