import { setTimeout as sleep } from 'node:timers/promises';
import {
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoServerError,
  MongoUnexpectedServerResponseError,
  ReadPreference
} from 'mongodb';
import { isRunCommand, runOnServer } from './command-on-server.js';
import { type SyncStyle, waitFor } from './coroutine.js';
import {
  Aspect,
  calculateBaseBackoffMS,
  DeprioritizedServers,
  getReadPreference,
  isRetryableReadError,
  isRetryableWriteError,
  type Operation,
  sameServerSelector,
  secondaryWritableServerSelector,
  type Server,
  type ServerSelector,
  type Session,
  supportsRetryableWrites,
  type TimeoutContext,
  type Topology
} from './driver.js';
import { selectAtOnce } from './selection.js';

const { SystemOverloadedError, RetryableError, NoWritesPerformed } = MongoErrorLabel;

/** The longest pause before a server that is overloaded is asked again, in ms. */
const MAX_BACKOFF = 10_000;

const ILLEGAL_OPERATION = 20;
const NO_RETRYABLE_WRITES =
  'This MongoDB deployment does not support retryable writes. Please add retryWrites=false to your connection string.';

const NONE = new DeprioritizedServers();

/** What may be tried again, as the client's options and the operation have it. */
interface Policy {
  readonly reads: boolean;
  readonly writes: boolean;
  readonly attempts: number;
}

/** The attempts of one operation. The first is made by the executor; the others here, after it has failed. */
export class Attempts<T> {
  private readonly selector: ReadPreference | ServerSelector;
  #policy: Policy | undefined = undefined;
  /** Whether there was no transaction at the first attempt. */
  private free = false;

  constructor(
    private readonly operation: Operation<T>,
    private readonly topology: Topology,
    private readonly session: Session,
    private readonly timeoutContext: TimeoutContext
  ) {
    this.selector = selectorOf(operation, topology);
  }

  /** The server for the first attempt, when one that fits is known. Otherwise {@link select} waits for one. */
  selectAtOnce(): Server | undefined {
    return selectAtOnce(this.topology, this.selector, this.session, NONE);
  }

  *select(deprioritizedServers = NONE, timeoutContext?: TimeoutContext): SyncStyle<Server> {
    const { commandName: operationName, options } = this.operation;
    const { session } = this;
    return yield* waitFor(
      this.topology.selectServer(this.selector, {
        session,
        operationName,
        signal: options.signal,
        timeoutContext,
        deprioritizedServers
      })
    );
  }

  /** Before the first attempt. */
  begin(server: Server): void {
    const { operation, session } = this;
    this.free = !session.inTransaction();
    operation.attemptsMade = 1;
    operation.server = server;
    if (operation.hasAspect(Aspect.WRITE_OPERATION) && this.policy.writes) {
      operation.options.willRetryWrite = true;
      session.incrementTransactionNumber();
    }
  }

  /** What may be tried again: of a read, that is only asked once it has failed. */
  private get policy(): Policy {
    return (this.#policy ??= policyOf(this.operation, this.topology, this.free));
  }

  /** After the first attempt has failed: tries again until the operation succeeds, or fails for good. */
  *goOn(thrown: unknown): SyncStyle<T> {
    const { operation, topology, session, timeoutContext, policy } = this;
    const writes = operation.hasAspect(Aspect.WRITE_OPERATION);
    let failure: MongoError | undefined;
    let limit = policy.attempts;
    let deprioritized: DeprioritizedServers | undefined;
    for (let made = 1; ; made++) {
      const outcome = afterwards(operation, thrown);
      if ('value' in outcome) return outcome.value;
      const { error } = outcome;
      // an error after a write that may have been performed is not replaced by one that says nothing was written
      if (!failure || !error.hasErrorLabel(NoWritesPerformed)) failure = error;
      timeoutContext.clear();
      refuseOldEngines(operation, error);
      const overloaded = error.hasErrorLabel(SystemOverloadedError);
      if (overloaded) limit = overloadLimit(operation, topology);
      if (!mayRetry(operation, topology, policy, error) || made >= limit) throw failure;
      unpin(operation, session, error);
      if (overloaded) yield* waitFor(sleep(backoff(error, made)));
      deprioritized ??= new DeprioritizedServers();
      if (
        topology.description.type === 'Sharded' ||
        (overloaded && topology.s.options.enableOverloadRetargeting)
      ) {
        deprioritized.add(operation.server!.description);
      }
      const server = yield* this.select(deprioritized);
      if (writes && !supportsRetryableWrites(server) && !overloaded) {
        throw new MongoUnexpectedServerResponseError('Selected server does not support retryable writes');
      }
      if (operation.hasAspect(Aspect.COMMAND_BATCHING)) operation.resetBatch();
      operation.attemptsMade = made + 1;
      operation.server = server;
      try {
        return operation.handleOk(yield* runOnServer(server, operation, session, timeoutContext));
      } catch (error) {
        thrown = error;
      }
    }
  }
}

/** What the operation makes of an error: some have a result all the same. */
function afterwards<T>(operation: Operation<T>, thrown: unknown): { value: T } | { error: MongoError } {
  try {
    return { value: operation.handleError(thrown) };
  } catch (error) {
    if (error instanceof MongoError) return { error };
    throw error;
  }
}

function selectorOf(operation: Operation, topology: Topology): ReadPreference | ServerSelector {
  let preference = operation.readPreference ?? ReadPreference.primary;
  if (!(preference instanceof ReadPreference)) preference = getReadPreference({ readPreference: preference });
  if (operation.hasAspect(Aspect.MUST_SELECT_SAME_SERVER))
    return sameServerSelector(operation.server?.description);
  if (operation.hasWriteStage) {
    return secondaryWritableServerSelector(topology.commonWireVersion, preference);
  }
  return preference;
}

/** No operation both reads and writes. */
function policyOf(operation: Operation, topology: Topology, free: boolean): Policy {
  const { retryReads, retryWrites } = topology.s.options;
  const isWrite = operation.hasAspect(Aspect.WRITE_OPERATION);
  const reads = !isWrite && retryReads && free && operation.canRetryRead;
  const writes =
    isWrite && retryWrites && free && supportsRetryableWrites(operation.server!) && operation.canRetryWrite;
  const retries =
    (writes || (reads && operation.hasAspect(Aspect.READ_OPERATION))) &&
    operation.hasAspect(Aspect.RETRYABLE);
  return { reads, writes, attempts: operation.maxAttempts ?? (retries ? 2 : 1) };
}

function mayRetry(operation: Operation, topology: Topology, policy: Policy, error: MongoError): boolean {
  const { retryReads, retryWrites } = topology.s.options;
  const reads = operation.hasAspect(Aspect.READ_OPERATION);
  const writes = operation.hasAspect(Aspect.WRITE_OPERATION);
  if (error.hasErrorLabel(SystemOverloadedError) && error.hasErrorLabel(RetryableError)) {
    if (isRunCommand(operation)) return retryReads && retryWrites;
    if (operation.hasWriteStage) return retryWrites;
    return (reads && retryReads) || (writes && retryWrites);
  }
  if (isRunCommand(operation)) return false;
  if (operation.hasAspect(Aspect.COMMAND_BATCHING))
    return operation.canRetryWrite && isRetryableWriteError(error);
  return (
    (writes && policy.writes && isRetryableWriteError(error)) ||
    (reads && policy.reads && isRetryableReadError(error))
  );
}

function overloadLimit(operation: Operation, topology: Topology): number {
  const limit = topology.s.options.maxAdaptiveRetries + 1;
  return Math.min(limit, operation.maxAttempts ?? limit);
}

function backoff(error: MongoError, made: number): number {
  return Math.random() * Math.min(MAX_BACKOFF, calculateBaseBackoffMS(error) * 2 ** made);
}

/** A server whose storage engine knows no transactions says so by an error that tells users nothing. */
function refuseOldEngines(operation: Operation, originalError: MongoError): void {
  if (originalError.code !== ILLEGAL_OPERATION || !operation.hasAspect(Aspect.WRITE_OPERATION)) return;
  throw new MongoServerError({ message: NO_RETRYABLE_WRITES, errmsg: NO_RETRYABLE_WRITES, originalError });
}

/** A cursor that will be created anew needs no connection of before. Source: the Load Balancer specification. */
function unpin(operation: Operation, session: Session, error: MongoError): void {
  if (!operation.hasAspect(Aspect.CURSOR_CREATING) || !session.isPinned || session.inTransaction()) return;
  if (error instanceof MongoNetworkError) session.unpin({ force: true, forceClear: true });
  if (error.hasErrorLabel(SystemOverloadedError)) session.unpin({ force: true });
}
