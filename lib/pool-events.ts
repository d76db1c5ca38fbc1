import { type Audience, audienceOf, RELAYED } from './audience.js';
import {
  type Connection,
  ConnectionCheckedInEvent,
  ConnectionCheckedOutEvent,
  ConnectionCheckOutFailedEvent,
  ConnectionCheckOutStartedEvent,
  ConnectionPool
} from './driver.js';
import { nextTick } from './turns.js';

/** The driver's pool, which tells what happens to those who listen, and takes no harm from what they do. */
export class ReportingPool extends ConnectionPool {
  #audiences: readonly Audience[] | undefined;

  /** Passes its events on to the server, which passes them to its topology, and that to its client. */
  relay(): void {
    const { server } = this;
    const { topology } = server;
    for (const name of RELAYED) this.on(name, (event: object) => server.emit(name, event));
    const passing = [this, server, topology].map(emitter => audienceOf(emitter, 1));
    this.#audiences = [...passing, audienceOf(topology.client, 0)];
  }

  override emitAndLog(event: string, details: object): void {
    this.harmlessly(() => super.emitAndLog(event, details));
  }

  /** What a listener throws is reported as an uncaught exception: what is under way here goes on. */
  protected harmlessly(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      nextTick(() => {
        throw error;
      });
    }
  }

  protected tellOfStart(): void {
    this.emitAndLog('connectionCheckOutStarted', new ConnectionCheckOutStartedEvent(this));
  }

  /** @param since - when the check-out began, in ms of the driver's clock */
  protected tellOfCheckOut(connection: Connection, since: number): void {
    if (!this.hears('connectionCheckedOut')) return;
    this.emitAndLog('connectionCheckedOut', new ConnectionCheckedOutEvent(this, connection, since));
  }

  protected tellOfCheckIn(connection: Connection): void {
    if (!this.hears('connectionCheckedIn')) return;
    this.emitAndLog('connectionCheckedIn', new ConnectionCheckedInEvent(this, connection));
  }

  protected tellOfFailure(since: number, reason: string, error: unknown): void {
    if (!this.hears('connectionCheckOutFailed')) return;
    const details = reason === 'timeout' ? undefined : error; // as the driver has it
    this.emitAndLog(
      'connectionCheckOutFailed',
      new ConnectionCheckOutFailedEvent(this, reason, since, details)
    );
  }

  /** Whether anybody would hear an event: it need not be made otherwise. */
  hears(event: string): boolean {
    if (this.mongoLogger) return true;
    const audiences = this.#audiences;
    if (!audiences) return this.listenerCount(event) > 0;
    return audiences.some(({ hasBeen }) => hasBeen) && this.#isHeard(event);
  }

  #isHeard(event: string): boolean {
    const { server } = this;
    const { topology } = server;
    return (
      this.listenerCount(event) > 1 ||
      topology.client.listenerCount(event) > 0 ||
      server.listenerCount(event) > 1 ||
      topology.listenerCount(event) > 1
    );
  }
}
