import { now } from './clock.js';
import type { Connection, Server } from './driver.js';
import { Members } from './members.js';
import { type Held, isOccupied } from './pool-errors.js';
import { GrowingPool } from './pool-growth.js';

/**
 * Pipelining: connections that are in use, and may take another operation behind those that are under way on them. The
 * server answers a connection's requests in their order.
 */
export class Shares {
  readonly #shared: Held[] = [];

  /** @param most - operations at a time on one connection; 1: none is shared */
  constructor(private readonly most: number) {}

  /** Lets others share a connection that has just been checked out. */
  open(connection: Held): void {
    if (this.most === 1) return;
    connection.sharers = 1;
    this.#shared.push(connection);
  }

  /** The one with the fewest operations, if any has room for another. */
  leastLoaded(isFit: (connection: Connection) => boolean): Held | undefined {
    let best: Held | undefined;
    let least = this.most;
    for (const connection of this.#shared) {
      const sharers = connection.sharers!;
      if (sharers >= least || !isFit(connection)) continue;
      best = connection;
      least = sharers;
      if (least === 1) break;
    }
    return best;
  }

  join(connection: Held): void {
    connection.sharers!++;
  }

  /** Whether others are still on it when an operation leaves a connection. */
  leave(connection: Held): boolean {
    if (!connection.sharers) return false;
    if (--connection.sharers > 0) return true;
    this.#shared.splice(this.#shared.indexOf(connection), 1);
    return false;
  }
}

/** A pool whose connections are held by one operation, or by several. */
export abstract class SharingPool extends GrowingPool {
  protected readonly shares: Shares;

  /** @param pipelining - how many operations at most are under way on one connection at a time */
  constructor(
    server: Server,
    options: object,
    readonly pipelining = 1
  ) {
    super(server, options);
    this.shares = new Shares(pipelining);
    this.checkedOut = new Members();
  }

  protected takeIdle(): Connection | undefined {
    for (let idle; (idle = this.connections.shift());) {
      if (!this.destroyConnectionIfPerished(idle)) return idle;
    }
    return undefined;
  }

  /** A connection that others use, too, and that has room for one more, when the pool has none for another connection. */
  protected shareable(): Connection | undefined {
    const { maxPoolSize } = this.options;
    if (this.pipelining === 1 || maxPoolSize === 0 || this.totalConnectionCount < maxPoolSize)
      return undefined;
    return this.shares.leastLoaded(connection => !this.unfit(connection) && !isOccupied(connection));
  }

  protected join(connection: Connection, since: number): Connection {
    this.shares.join(connection);
    this.tellOfCheckOut(connection, since);
    return connection;
  }

  /** @param since - when the check-out began */
  protected hold(connection: Held, shareable: boolean, since: number, time = now()): Connection {
    this.checkedOut.add(connection);
    connection.heldSince = time;
    if (shareable) this.shares.open(connection);
    this.tellOfCheckOut(connection, since);
    return connection;
  }
}
