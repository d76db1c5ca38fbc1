import { EventEmitter } from 'node:events';
import type { ConnectionPool } from '../../../lib/driver';
import { untilChange } from '../../unified/time-limit';

export interface PoolEvent {
  /** As the specification names it. */
  type: string;
  event: object;
}

const types = [
  'ConnectionPoolCreated',
  'ConnectionPoolReady',
  'ConnectionPoolCleared',
  'ConnectionPoolClosed',
  'ConnectionCreated',
  'ConnectionReady',
  'ConnectionClosed',
  'ConnectionCheckOutStarted',
  'ConnectionCheckOutFailed',
  'ConnectionCheckedOut',
  'ConnectionCheckedIn'
];

/** A pool's events, in the order in which they came. */
export class Recorder {
  readonly events: PoolEvent[] = [];
  readonly #changed = new EventEmitter();

  constructor(pool: ConnectionPool) {
    for (const type of types) {
      pool.on(type[0]?.toLowerCase() + type.slice(1), (event: object) => {
        this.events.push({ type, event });
        this.#changed.emit('change');
      });
    }
  }

  /** Resolves once there have been `count` events of the type since the pool was made. */
  async waitFor(type: string, count: number, milliseconds: number): Promise<void> {
    const seen = (): boolean => this.events.filter(event => event.type === type).length >= count;
    await untilChange(this.#changed, seen, milliseconds, `${count} of ${type} did not come`);
  }
}
