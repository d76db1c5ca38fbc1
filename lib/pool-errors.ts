import {
  type Connection,
  type ConnectionPool,
  type MongoError,
  processTimeMS,
  WaitQueueTimeoutError
} from './driver.js';

/** A connection that is checked out. */
export type Held = Connection & {
  /** The time of its check-out, in ms of the driver's clock. */
  heldSince?: number;
  /** How many operations share it, or may: see `pipelining`. */
  sharers?: number;
  readonly occupation?: string;
  readonly busy?: boolean;
};

/**
 * Whether it takes no other command at this moment: one is being made on it, in whose midst no other may be put; or it
 * is the driver's own (one that encrypts), which never has several under way.
 */
export const isOccupied = (connection: Held): boolean => connection.busy !== false;

/**
 * The error of a check-out that took too long. It says what is full: "pool 100/100, 37 waiting, the oldest for 9.8 s;
 * held longest by aggregate on shop.orders, 12.1 s".
 *
 * @param oldest - since when the oldest check-out waits, in ms of the driver's clock
 */
export function timedOut(pool: ConnectionPool, oldest: number): MongoError {
  const { maxPoolSize } = pool.options;
  const what = pool.loadBalanced
    ? pool.metrics.info(maxPoolSize)
    : 'Timed out while checking out a connection from connection pool';
  const full = `pool ${pool.totalConnectionCount}/${maxPoolSize || '∞'}, ${pool.waitQueueSize + 1} waiting, the oldest for ${seconds(oldest)}`;
  return new WaitQueueTimeoutError(`${what}: ${full}${heldLongest(pool.checkedOut)}`, pool.address);
}

function heldLongest(connections: Iterable<Held>): string {
  let longest: Held | undefined;
  for (const held of connections) {
    if (!longest || (held.heldSince ?? 0) < (longest.heldSince ?? 0)) longest = held;
  }
  if (!longest) return '';
  return `; held longest by ${longest.occupation ?? 'an operation'}, ${seconds(longest.heldSince ?? 0)}`;
}

function seconds(since: number): string {
  return `${((processTimeMS() - since) / 1000).toFixed(1)} s`;
}
