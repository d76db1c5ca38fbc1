import { setImmediate as turn } from 'node:timers/promises';
import { MongoNetworkError, MongoServerError } from 'mongodb';
import type { Document, MongoClient, MongoClientOptions, MongoError } from 'mongodb';
import { connectWithoutPing } from '../unified/internals';
import { driver } from './driver';
import { monitorOf, ServerDescription, ServerHeartbeatSucceededEvent, topologyOf } from './internals';
import type { ClientTopology } from './internals';

const sdamEvents = [
  'serverOpening',
  'serverClosed',
  'serverDescriptionChanged',
  'topologyOpening',
  'topologyClosed',
  'topologyDescriptionChanged'
] as const;

export interface SdamEvent {
  name: string;
  event: Document;
}

/** A client that connects, and hears of servers only what a test tells. Needs quiet monitors. */
export class DiscoveringClient {
  readonly #events: SdamEvent[] = [];
  readonly client: MongoClient;

  private constructor(uri: string, options: MongoClientOptions) {
    this.client = new driver.MongoClient(uri, { ...connectWithoutPing, ...options });
    for (const name of sdamEvents) {
      this.client.on(name, (event: object) => void this.#events.push({ name, event }));
    }
  }

  /** @throws what keeps a client from beginning to connect, such as seeds that are not found */
  static async open(uri: string, options: MongoClientOptions = {}): Promise<DiscoveringClient> {
    const discovering = new DiscoveringClient(uri, options);
    let ended = false; // it may never find a server
    const connecting = discovering.client.connect().finally(() => (ended = true));
    connecting.catch(() => undefined);
    while (!ended && !topologyOf(discovering.client)?.s.servers.size) await turn();
    if (ended) await connecting;
    return discovering;
  }

  get topology(): ClientTopology {
    return topologyOf(this.client)!;
  }

  /** What a server's monitor was answered to its hello, and tells. */
  hear(address: string, reply: Document): void {
    const server = this.topology.s.servers.get(address);
    if (!server) {
      this.topology.serverUpdateHandler(new ServerDescription(address, reply));
    } else if (reply.ok === 1) {
      const hello = { isWritablePrimary: reply.ismaster, ...reply };
      const event = new ServerHeartbeatSucceededEvent(address, 1, hello, false);
      monitorOf(server).emit('serverHeartbeatSucceeded', event);
    } else {
      monitorOf(server).emit('resetServer', failureOf(reply));
    }
  }

  /** What it told since this was asked last. */
  newEvents(): SdamEvent[] {
    return this.#events.splice(0);
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

/** An empty reply stands for a monitor's connection that broke. */
function failureOf(reply: Document): MongoError {
  const error =
    Object.keys(reply).length === 0 ? new MongoNetworkError('broken') : new MongoServerError(reply as never);
  error.addErrorLabel('ResetPool');
  return error;
}
