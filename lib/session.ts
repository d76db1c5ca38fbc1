import { type Document, Long, type MongoClient, MongoExpiredSessionError } from 'mongodb';
import { lately } from './clock.js';
import {
  clientOf,
  type ClusterTime,
  type CommandOptions,
  type ServerSession,
  ServerSessionPool,
  type Session,
  type TimeoutContext
} from './driver.js';
import { instrumentationOf } from './instrumented.js';

const { fromNumber } = Long; // the driver's exports are getters, which are slow to read
const NO_TRANSACTION = Object.freeze({ state: 'NO_TRANSACTION', isCommitted: false, options: {} });
const { prototype: sessionPool } = ServerSessionPool;
const acquireIsWrapped = instrumentationOf('acquire', () => sessionPool.acquire);
const releaseIsWrapped = instrumentationOf('release', () => sessionPool.release);
const NOT_CAUSAL = Object.freeze({ causalConsistency: false });

/**
 * The implicit session of one operation, or of a cursor: a server session, and none of what a `ClientSession` is besides
 * (an event emitter that the client keeps track of, transactions, causal consistency, pinning).
 *
 * Its server session is acquired when a command is sent: there are never more of them than commands under way, and
 * cursors open. Source: the Driver Sessions specification.
 */
export class ImplicitSession implements Session {
  readonly explicit = false;
  readonly isPinned = false;
  readonly snapshotEnabled = false;
  readonly supports = NOT_CAUSAL;
  readonly transaction = NO_TRANSACTION;
  readonly timeoutContext: TimeoutContext | null = null;
  readonly pinnedConnection = undefined;
  clusterTime: ClusterTime | undefined = undefined;
  hasEnded = false;
  /** Added to the server session's transaction number by the driver when it applies the session to a command. */
  txnNumberIncrement = 0;
  #serverSession: ServerSession | undefined;

  /** @param owner - the cursor that ends it */
  constructor(
    readonly client: MongoClient,
    readonly owner?: object
  ) {}

  get serverSession(): ServerSession {
    return (this.#serverSession ??= acquire(this.client));
  }

  /**
   * Makes a command one of this session, but for its id. Source: the driver's `applySession`, less what can only be so of
   * a user's session.
   *
   * @returns the server session of which the command is to have the id, if of any
   * @throws MongoExpiredSessionError when it has ended
   */
  use(command: Document, { writeConcern, willRetryWrite }: CommandOptions): ServerSession | undefined {
    if (this.hasEnded) throw new MongoExpiredSessionError();
    const { serverSession } = this;
    if (writeConcern?.w === 0) return undefined;
    serverSession.lastUse = lately();
    if (willRetryWrite) {
      serverSession.txnNumber += this.txnNumberIncrement;
      this.txnNumberIncrement = 0;
      command.txnNumber = fromNumber(serverSession.txnNumber);
    }
    return serverSession;
  }

  inTransaction(): boolean {
    return false;
  }

  incrementTransactionNumber(): void {
    this.txnNumberIncrement++;
  }

  pin(): never {
    throw new TypeError('An implicit session of one operation cannot pin a connection');
  }

  unpin(): void {}

  async endSession(): Promise<void> {
    this.end();
  }

  /** Gives the server session back, for the next operation. */
  end(): void {
    if (this.hasEnded) return;
    const wrapped = releaseIsWrapped();
    const session = wrapped ? this.serverSession : this.#serverSession; // the driver's is acquired now if it was not
    this.hasEnded = true;
    this.#serverSession = undefined;
    if (wrapped) clientOf(this.client).s.sessionPool.release(session!);
    else if (session && !session.isDirty) release(this.client, session);
  }
}

/** Behind a load balancer a session pins its connection: that takes one of the driver's. */
export function startImplicit(client: MongoClient, owner?: object): Session {
  if (!client.options.loadBalanced) return new ImplicitSession(client, owner);
  return clientOf(client).startSession({ owner: owner ?? Symbol('operation'), explicit: false });
}

/** Ends a session that {@link startImplicit} gave. Only one of the driver's takes time, which is to be waited for. */
export function endImplicit(session: Session, error?: Error): Promise<void> | undefined {
  if (!(session instanceof ImplicitSession)) return session.endSession({ error });
  session.end();
  return undefined;
}

const MINUTE = 60_000;

/** The one that was released last is seldom as old as to be asked whether it has timed out. */
function acquire(client: MongoClient): ServerSession {
  const { topology, s } = clientOf(client);
  const { sessionPool } = s;
  const latest = sessionPool.sessions.first();
  const minutes = topology?.logicalSessionTimeoutMinutes ?? 10;
  if (!latest || lately() - latest.lastUse > MINUTE / 3 || minutes < 1 || acquireIsWrapped())
    return sessionPool.acquire();
  return sessionPool.sessions.shift()!;
}

/**
 * Sessions are reused last in, first out: those that have timed out are at the far end. The clock is read only if one
 * there could have. Whether this one has is asked when it is acquired.
 */
function release(client: MongoClient, session: ServerSession): void {
  const { topology, s } = clientOf(client);
  const { sessions } = s.sessionPool;
  for (let last; (last = sessions.last()) && session.lastUse - last.lastUse >= MINUTE;) {
    if (!last.hasTimedOut(topology?.logicalSessionTimeoutMinutes ?? 10)) break;
    sessions.pop();
  }
  sessions.unshift(session);
}
