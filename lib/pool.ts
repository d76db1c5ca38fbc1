/*
 * The driver's pool with our check-out: it costs nothing when a connection is idle, and suspends the caller in a FIFO
 * queue when none is. State, generations, clear and close are the driver's.
 *
 * A waiter leaves the queue in the very moment in which it is given a connection, an error or a time-out; its removal,
 * and nothing else, decides who answers it. A connection is in one place at a time: pending, idle or checked out.
 * Source: the Connection Monitoring and Pooling specification.
 */
import { abortListeners } from './abort-listeners.js';
import { CheckOutContext } from './channel-contexts.js';
import { checkOuts, traced } from './channels.js';
import { now } from './clock.js';
import { Coroutine, moment, running, SUSPENDED, type SyncStyle, waitFor } from './coroutine.js';
import { type Connection, PoolClearedError, PoolClosedError, type TimeoutContext } from './driver.js';
import { timedOut } from './pool-errors.js';
import { SharingPool } from './pool-sharing.js';
import { timeOfTurn } from './traffic.js';
import { queueMicrotask } from './turns.js';
import { Waiting, WaitQueue } from './wait-queue.js';

/** Somebody who waits for a connection. */
class Waiter extends Waiting<Waiter> {
  /** @param since - when its check-out began, in ms of the driver's clock */
  constructor(
    readonly coroutine: Coroutine,
    readonly since: number,
    readonly shareable: boolean
  ) {
    super();
  }
}

/** After a longer rest than this, in ms, a connection may have been closed by the peer without our having heard of it. */
const MAX_REST = 1000;

export interface CheckOutOptions {
  timeoutContext: TimeoutContext;
  signal?: AbortSignal;
  /** Whether the operation may be pipelined with others on one connection. Default: false. */
  shareable?: boolean;
}

export class Pool extends SharingPool {
  readonly #waiting = new WaitQueue<Waiter>();
  readonly #dispatch = (): void => this.processWaitQueue();
  #dispatching = false;

  override get waitQueueSize(): number {
    return this.#waiting.size;
  }

  override async checkOut(options: CheckOutOptions): Promise<Connection> {
    return await new Promise((resolve, reject) => {
      new Coroutine(this.acquire(options), { resolve, reject }).start();
    });
  }

  /**
   * Checks a connection out when one is idle, or may be shared, and nobody waits for one: no promise, no timer, no event
   * unheard. Otherwise {@link acquire} has to.
   */
  take(shareable: boolean): Connection | undefined {
    if (this.poolState !== 'ready' || this.#waiting.size > 0) return undefined;
    if (checkOuts.hasSubscribers || this.#announced) return undefined;
    const time = timeOfTurn();
    const idle = this.connections.first();
    if (!idle) {
      const shared = shareable ? this.shareable() : undefined;
      return shared && this.join(shared, time);
    }
    if (this.unfit(idle)) return undefined;
    if (time - idle.lastUseTime > Math.min(this.options.maxIdleTimeMS || MAX_REST, MAX_REST))
      return undefined;
    this.connections.shift();
    return this.hold(idle, shareable, time, time);
  }

  /**
   * Checks a connection out, in sync style. It is the caller's until it is given to {@link checkIn}.
   *
   * @throws MongoPoolClearedError, MongoPoolClosedError, MongoWaitQueueTimeoutError, what a handshake throws, or the
   * reason of the signal
   */
  acquire(options: CheckOutOptions): SyncStyle<Connection> {
    const acquiring = this.#acquire(options);
    if (!checkOuts.hasSubscribers) return acquiring;
    const context = new CheckOutContext(this.address);
    return traced(checkOuts, context, context.reading(acquiring));
  }

  *#acquire(options: CheckOutOptions): SyncStyle<Connection> {
    const { shareable = false } = options;
    const since = now();
    if (this.#announced) yield* this.#announce();
    for (;;) {
      const idle = this.poolState === 'ready' && this.#waiting.size === 0 ? this.takeIdle() : undefined;
      if (!idle) return yield* this.#wait(since, options);
      if (since - idle.lastUseTime <= MAX_REST) return this.hold(idle, shareable, since);
      this.hold(idle, false, since);
      yield moment; // lets the loop hear of a close that has arrived meanwhile
      if (!idle.closed) return this.#lend(idle, shareable);
      this.checkIn(idle);
    }
  }

  /** @param time - it is, in ms of the driver's clock */
  override checkIn(connection: Connection, time = now()): void {
    const shared = this.shares.leave(connection);
    if (!shared && !this.checkedOut.delete(connection)) return;
    const reason = shared ? undefined : this.unfit(connection);
    if (!shared && !reason) {
      connection.lastUseTime = time;
      this.connections.unshift(connection);
    }
    this.tellOfCheckIn(connection);
    if (reason) this.destroyConnection(connection, reason);
    if (this.#waiting.size > 0) queueMicrotask(this.#dispatch); // whoever returned it goes on first
  }

  /** Refuses those who wait: the client is closing. Until {@link close} the pool serves its farewells. */
  refuseWaiters(): void {
    for (let waiter; (waiter = this.#waiting.first);) this.#refuse(waiter, 'poolClosed');
  }

  /** No more farewells: refuses those who wait, and opens no more connections. */
  leave(): void {
    this.stopGrowing();
    this.refuseWaiters();
  }

  /** Serves those who wait, oldest first. What they do meanwhile may add others: the loop goes on for them. */
  override processWaitQueue(): void {
    if (this.#dispatching) return;
    this.#dispatching = true;
    try {
      for (let waiter; (waiter = this.#waiting.first);) if (!this.#serve(waiter)) break;
    } finally {
      this.#dispatching = false;
    }
    this.grow(this.#waiting.size);
  }

  /** Whoever waits longest bears the failure of a connection that was opened for those who wait. */
  protected override nextBearer(): ((error: unknown) => void) | undefined {
    const waiter = this.#waiting.first;
    if (!waiter) return undefined;
    this.#waiting.delete(waiter);
    return error => this.#fail(waiter, 'connectionError', error);
  }

  /** Whether anybody would hear of check-outs that begin. */
  get #announced(): boolean {
    return this.hears('connectionCheckOutStarted');
  }

  /** What is begun in the same turn is told of first: with the driver nobody is answered before. */
  *#announce(): SyncStyle<void> {
    this.tellOfStart();
    yield* waitFor(Promise.resolve());
  }

  *#wait(
    since: number,
    { timeoutContext, signal, shareable = false }: CheckOutOptions
  ): SyncStyle<Connection> {
    signal?.throwIfAborted();
    const waiter = new Waiter(running('Checking out a connection'), since, shareable);
    this.#waiting.add(waiter);
    const timeout = timeoutContext.connectionCheckoutTimeout;
    timeout?.then(undefined, () => this.#refuse(waiter, 'timeout'));
    const abort = (): void => {
      if (this.#waiting.delete(waiter)) waiter.coroutine.throw(signal?.reason);
    };
    const listeners = signal && abortListeners(signal);
    listeners?.add(abort);
    queueMicrotask(this.#dispatch);
    try {
      return (yield SUSPENDED) as Connection;
    } finally {
      timeout?.clear();
      listeners?.delete(abort);
    }
  }

  /** Gives a waiter its answer, if there is one. */
  #serve(waiter: Waiter): boolean {
    if (this.poolState !== 'ready') {
      this.#refuse(waiter, this.closed ? 'poolClosed' : 'connectionError');
      return true;
    }
    const { since, shareable } = waiter;
    const idle = this.takeIdle();
    const shared = !idle && shareable ? this.shareable() : undefined;
    if (!idle && !shared) return this.#hopeless(waiter);
    this.#waiting.delete(waiter); // before anybody hears of it
    waiter.coroutine.resume(idle ? this.hold(idle, shareable, since) : this.join(shared!, since));
    return true;
  }

  /** In a pool that opens no more connections, only one that comes back can still serve. */
  #hopeless(waiter: Waiter): boolean {
    if (this.mayOpen || this.checkedOut.size > 0) return false;
    this.#refuse(waiter, 'poolClosed');
    return true;
  }

  #refuse(waiter: Waiter, reason: 'timeout' | 'poolClosed' | 'connectionError'): void {
    if (!this.#waiting.delete(waiter)) return;
    if (reason === 'timeout') this.#fail(waiter, reason, timedOut(this, this.#oldest(waiter)));
    else
      this.#fail(
        waiter,
        reason,
        reason === 'poolClosed' ? new PoolClosedError(this) : new PoolClearedError(this)
      );
  }

  #fail(waiter: Waiter, reason: string, error: unknown): void {
    this.tellOfFailure(waiter.since, reason, error);
    waiter.coroutine.throw(error);
  }

  #oldest(leaving: Waiter): number {
    return Math.min(leaving.since, this.#waiting.first?.since ?? Infinity);
  }

  /** Lets those who wait share what has been held alone so far. */
  #lend(connection: Connection, shareable: boolean): Connection {
    if (shareable) this.shares.open(connection);
    if (this.#waiting.size > 0) queueMicrotask(this.#dispatch);
    return connection;
  }
}
