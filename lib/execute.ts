/*
 * The executor: runs one of the driver's operations from session to result, in sync style.
 * Source: the driver's `executeOperation`, and the Sessions, Retryable Reads, Retryable Writes and Client Backpressure
 * specifications.
 */
import {
  type MongoClient,
  MongoCompatibilityError,
  MongoExpiredSessionError,
  MongoInvalidArgumentError,
  MongoTransactionError,
  ReadPreference
} from 'mongodb';
import { Attempts } from './attempts.js';
import { OperationContext, type Told } from './channel-contexts.js';
import { operations, traced } from './channels.js';
import { isRunCommand, runOnServer } from './command-on-server.js';
import { type SyncStyle, waitFor } from './coroutine.js';
import {
  abortable,
  Aspect,
  autoConnect,
  clientOf,
  createTimeoutContext,
  maxWireVersion,
  type Operation,
  type Session,
  type TimeoutContext,
  type Topology
} from './driver.js';
import { checkSignal } from './options.js';
import { endImplicit, startImplicit } from './session.js';

const MIN_WIRE_VERSION_FOR_SNAPSHOT_READS = 13;

/** Who asks: a collection, a database, a cursor. */
export interface Owner {
  readonly client: MongoClient;
  readonly namespace: string | { toString(): string };
}

/**
 * Runs an operation.
 *
 * @throws the driver's errors, which also have the properties `namespace` and `commandName`, not enumerable
 */
export function execute<T>(owner: Owner, operation: Operation<T>): SyncStyle<T> {
  return told(owner, operation, run(owner, operation));
}

/** Runs something as an operation that subscribers of its tracing channel are told of. */
export function told<T>(owner: Owner, operation: Told, code: SyncStyle<T>): SyncStyle<T> {
  if (!operations.hasSubscribers) return code;
  return traced(operations, new OperationContext(owner.client, String(owner.namespace), operation), code);
}

function* run<T>(owner: Owner, operation: Operation<T>): SyncStyle<T> {
  const { client } = owner;
  let implicit: Session | undefined;
  try {
    if (operation.options.signal !== undefined) checkSignal(operation.options.signal);
    const topology = clientOf(client).topology ?? (yield* connect(client, operation));
    const session = operation.session ?? (implicit = startImplicit(client));
    if (!implicit) check(session, client, topology);
    operation.session = session;
    checkTransaction(operation, session);
    const context = session.timeoutContext ?? timeoutContextOf(client);
    const attempts = new Attempts(operation, topology, session, context);
    const server = attempts.selectAtOnce() ?? (yield* attempts.select(undefined, context));
    attempts.begin(server);
    try {
      return operation.handleOk(yield* runOnServer(server, operation, session, context));
    } catch (error) {
      return yield* attempts.goOn(error);
    }
  } catch (error) {
    throw named(error, owner.namespace, operation.commandName);
  } finally {
    const ending = implicit && endImplicit(implicit);
    if (ending) yield* waitFor(ending);
  }
}

/** Runs what takes several operations in one session: the caller's, or an implicit one that ends with it. */
export function* inOneSession<T>(
  client: MongoClient,
  callers: Session | undefined,
  body: (session: Session) => SyncStyle<T>
): SyncStyle<T> {
  const session = callers ?? startImplicit(client);
  try {
    return yield* body(session);
  } finally {
    if (session !== callers) yield* waitFor(session.endSession());
  }
}

function* connect(client: MongoClient, { options }: Operation): SyncStyle<Topology> {
  return yield* waitFor(abortable(autoConnect(client), options));
}

function check(session: Session, client: MongoClient, topology: Topology): void {
  if (session.hasEnded) throw new MongoExpiredSessionError('Use of expired sessions is not permitted');
  if (session.snapshotEnabled && maxWireVersion(topology) < MIN_WIRE_VERSION_FOR_SNAPSHOT_READS) {
    throw new MongoCompatibilityError('Snapshot reads require MongoDB 5.0 or later');
  }
  if (session.client !== client) {
    throw new MongoInvalidArgumentError('ClientSession must be from the same MongoClient');
  }
}

function reads(operation: Operation): boolean {
  return operation.hasAspect(Aspect.READ_OPERATION) || isRunCommand(operation);
}

function checkTransaction(operation: Operation, session: Session): void {
  const preference = operation.readPreference ?? ReadPreference.primary;
  if (session.inTransaction() && reads(operation) && !preference.equals(ReadPreference.primary)) {
    throw new MongoTransactionError(
      `Read preference in a transaction must be primary, not: ${preference.mode}`
    );
  }
  if (session.isPinned && session.transaction.isCommitted && !operation.bypassPinningCheck) session.unpin();
}

const contexts = new WeakMap<MongoClient, TimeoutContext>();

/** It has no state: `timeoutMS` has no effect in this version of the driver. One serves all of a client's operations. */
function timeoutContextOf(client: MongoClient): TimeoutContext {
  const known = contexts.get(client);
  if (known) return known;
  const { serverSelectionTimeoutMS, waitQueueTimeoutMS } = clientOf(client).s.options;
  const made = createTimeoutContext({ serverSelectionTimeoutMS, waitQueueTimeoutMS });
  contexts.set(client, made);
  return made;
}

/** Adds to an error what it is about, unless it has that already. */
export function named(error: unknown, namespace: Owner['namespace'], commandName: string): unknown {
  if (!(error instanceof Error) || Object.hasOwn(error, 'namespace') || !Object.isExtensible(error))
    return error;
  const hidden = { writable: true, configurable: true, enumerable: false };
  Object.defineProperty(error, 'namespace', { ...hidden, value: String(namespace) });
  if (!Object.hasOwn(error, 'commandName')) {
    Object.defineProperty(error, 'commandName', { ...hidden, value: commandName });
  }
  return error;
}
