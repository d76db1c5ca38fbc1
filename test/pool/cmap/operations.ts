import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, ConnectionPool } from '../../../lib/driver';
import { Thread } from '../../unified/thread';
import type { CmapOperation } from './format';
import type { Recorder } from './recorder';
import { checkOut } from './subject';

/** A test's pool and what the operations have made of it. */
export class Play {
  readonly #threads = new Map<string, Thread>();
  readonly #labelled = new Map<string, Connection>();
  readonly #checkedOut = new Set<Connection>();

  constructor(
    readonly pool: ConnectionPool,
    readonly recorder: Recorder
  ) {}

  /** Runs an operation in its thread; the main thread waits for its own alone. */
  async run(operation: CmapOperation): Promise<void> {
    const perform = operations[operation.name];
    if (!perform) throw new Error(`unknown operation ${operation.name}`);
    if (operation.thread === undefined) await perform(this, operation);
    else this.thread(operation.thread).run(async () => perform(this, operation));
  }

  start(name: string): void {
    this.#threads.set(name, new Thread());
  }

  thread(name: string): Thread {
    return found(this.#threads, name);
  }

  async checkOut(label?: string): Promise<void> {
    const connection = await checkOut(this.pool);
    this.#checkedOut.add(connection);
    if (label !== undefined) this.#labelled.set(label, connection);
  }

  checkIn(label: string): void {
    const connection = found(this.#labelled, label);
    this.#checkedOut.delete(connection);
    this.pool.checkIn(connection);
  }

  /** Closes the pool, and the connections that were not given back. */
  close(): void {
    this.pool.close();
    for (const connection of this.#checkedOut) connection.destroy();
  }
}

const operations: Record<string, (play: Play, operation: CmapOperation) => void | Promise<unknown>> = {
  checkIn: (play, { connection = '' }) => play.checkIn(connection),
  checkOut: (play, { label }) => play.checkOut(label),
  clear: ({ pool }, { interruptInUseConnections }) => pool.clear({ interruptInUseConnections }),
  close: ({ pool }) => pool.close(),
  ready: ({ pool }) => pool.ready(),
  start: (play, { target = '' }) => play.start(target),
  wait: (_play, { ms }) => sleep(ms),
  waitForEvent: ({ recorder }, { event = '', count = 1, timeout = 10_000 }) =>
    recorder.waitFor(event, count, timeout),
  waitForThread: (play, { target = '' }) => play.thread(target).stop()
};

function found<T>(map: Map<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`there is no ${name}`);
  return value;
}
