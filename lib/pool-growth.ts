import {
  APM_EVENTS,
  type Connection,
  ConnectionClosedEvent,
  ConnectionCreatedEvent,
  ConnectionReadyEvent,
  processTimeMS
} from './driver.js';
import { establish } from './establish.js';
import { ReportingPool } from './pool-events.js';

const FORWARDED = [...APM_EVENTS, 'clusterTimeReceived'];

/** A pool that opens connections: for those who wait, and up to `minPoolSize`; at most `maxConnecting` at once. */
export abstract class GrowingPool extends ReportingPool {
  /** Pending connections that somebody waits for. */
  #demanded = 0;
  #growing = true;

  /** Takes whoever waits longest out of the queue, to be told of a failure. */
  protected abstract nextBearer(): ((error: unknown) => void) | undefined;

  /** Opens no more connections, and cancels the handshakes that are under way. */
  protected stopGrowing(): void {
    this.#growing = false;
    this.clearMinPoolSizeTimer();
    this.cancellationToken.emit('cancel');
  }

  override ensureMinPoolSize(): void {
    if (!this.mayOpen) return;
    const { minPoolSize, maxConnecting, minPoolSizeCheckFrequencyMS } = this.options;
    this.connections.prune(connection => this.destroyConnectionIfPerished(connection));
    const again = (): void => {
      if (!this.mayOpen) return;
      clearTimeout(this.minPoolSizeTimer);
      this.minPoolSizeTimer = setTimeout(() => this.ensureMinPoolSize(), minPoolSizeCheckFrequencyMS);
    };
    if (this.totalConnectionCount < minPoolSize && this.pending < maxConnecting)
      void this.#open(false).then(again);
    else again();
  }

  protected get mayOpen(): boolean {
    return this.poolState === 'ready' && this.#growing;
  }

  /** Why a connection must not be used again, if it must not. */
  protected unfit(connection: Connection): string | undefined {
    if (connection.closed) return 'error';
    if (this.closed) return 'poolClosed';
    return this.#isStale(connection) ? 'stale' : undefined;
  }

  /** The driver looks for a service's id first, which only a connection through a load balancer has. */
  #isStale(connection: Connection): boolean {
    if (this.loadBalanced) return this.connectionIsStale(connection);
    return connection.generation !== this.generation;
  }

  /** Opens connections for those who wait: not more than they are, than `maxConnecting`, than there is room for. */
  protected grow(demand: number): void {
    const { maxPoolSize, maxConnecting } = this.options;
    while (
      this.mayOpen &&
      this.pending < maxConnecting &&
      this.#demanded < demand &&
      (maxPoolSize === 0 || this.totalConnectionCount < maxPoolSize)
    ) {
      void this.#open(true);
    }
  }

  async #open(demanded: boolean): Promise<void> {
    const birth = { id: this.connectionCounter.next().value, generation: this.generation };
    const started = processTimeMS();
    this.pending++;
    if (demanded) this.#demanded++;
    this.emitAndLog('connectionCreated', new ConnectionCreatedEvent(this, { id: birth.id }));
    try {
      const connection = await establish(this, birth, FORWARDED);
      this.#arrived(demanded);
      this.#welcome(connection, started);
    } catch (error) {
      this.#arrived(demanded);
      const stale = birth.generation !== this.generation; // it says nothing of the server as it is now
      const tell = demanded && !stale ? this.nextBearer() : undefined; // before it clears the pool, and the queue
      if (!stale) this.harmlessly(() => this.server.handleError(error)); // it tells the topology's listeners
      this.emitAndLog('connectionClosed', new ConnectionClosedEvent(this, birth, 'error', error));
      tell?.(error);
    }
    this.processWaitQueue();
  }

  #arrived(demanded: boolean): void {
    this.pending--;
    if (demanded) this.#demanded--;
  }

  #welcome(connection: Connection, started: number): void {
    const reason = this.poolState === 'ready' ? this.unfit(connection) : this.closed ? 'poolClosed' : 'stale';
    if (reason) return this.destroyConnection(connection, reason);
    connection.markAvailable();
    this.connections.push(connection);
    this.emitAndLog('connectionReady', new ConnectionReadyEvent(this, connection, started));
  }
}
