import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { seededRandom } from './random';

type Direction = 'toServer' | 'toClient';

/** What happens to the bytes of new and old links alike. */
interface Weather {
  /** Milliseconds each chunk is held back. */
  delay: number;
  /** Split into chunks of random length, one a turn of the loop. */
  shred: boolean;
  /** Reset a link once it has carried so many bytes in one direction. */
  cutAfter: { bytes: number; direction: Direction } | undefined;
  /** Take bytes and connections, and forward nothing. */
  blackHole: boolean;
}

interface Link {
  client: Socket;
  server: Socket;
  carried: Record<Direction, number>;
}

const CLEAR: Weather = { delay: 0, shred: false, cutAfter: undefined, blackHole: false };

/** A bad network between a client and a server, real or simulated. */
export class Proxy {
  opened = 0;
  maxOpen = 0;
  weather: Weather = { ...CLEAR };
  private readonly links = new Set<Link>();
  private readonly random: () => number;
  private readonly listener: Server = createServer({ pauseOnConnect: true }, socket => this.accept(socket));

  private constructor(
    private readonly target: { host: string; port: number },
    readonly seed: number
  ) {
    this.random = seededRandom(seed);
  }

  static async start(target: { host?: string; port: number }, seed = 1): Promise<Proxy> {
    const proxy = new Proxy({ host: target.host ?? '127.0.0.1', port: target.port }, seed);
    proxy.listener.listen(0, '127.0.0.1');
    await once(proxy.listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  get open(): number {
    return this.links.size;
  }

  /** Stops forwarding without a word: no FIN, no RST; bytes that come meanwhile pass when it heals. */
  blackHole(): void {
    this.weather.blackHole = true;
    for (const link of this.links) this.halt(link);
  }

  heal(): void {
    this.weather = { ...CLEAR };
    for (const { client, server } of this.links) {
      client.resume();
      server.resume();
    }
  }

  resetAll(): void {
    for (const link of this.links) this.cut(link);
  }

  async close(): Promise<void> {
    this.resetAll();
    this.listener.close();
    await once(this.listener, 'close');
  }

  private accept(client: Socket): void {
    const server = connect(this.target);
    const link: Link = { client, server, carried: { toServer: 0, toClient: 0 } };
    this.links.add(link);
    this.opened++;
    this.maxOpen = Math.max(this.maxOpen, this.open);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.cut(link));
      socket.on('close', () => this.cut(link));
    }
    this.carry(link, client, server, 'toServer');
    this.carry(link, server, client, 'toClient');
    if (this.weather.blackHole) this.halt(link);
    else client.resume();
  }

  private carry(link: Link, from: Socket, to: Socket, direction: Direction): void {
    let last = Promise.resolve();
    from.on('data', chunk => {
      last = last.then(() => this.forward(link, to, direction, chunk));
    });
    from.on('end', () => {
      last = last.then(() => void to.end());
    });
  }

  private async forward(link: Link, to: Socket, direction: Direction, chunk: Buffer): Promise<void> {
    if (this.weather.delay > 0) await new Promise(resolve => setTimeout(resolve, this.weather.delay));
    for (let at = 0; at < chunk.length;) {
      const size = this.weather.shred ? 1 + Math.floor(this.random() * 64) : chunk.length;
      this.pass(link, to, direction, chunk.subarray(at, at + size));
      at += size;
      if (this.weather.shred) await new Promise(setImmediate);
    }
  }

  private pass(link: Link, to: Socket, direction: Direction, bytes: Buffer): void {
    const { cutAfter } = this.weather;
    const limit = cutAfter?.direction === direction ? cutAfter.bytes : Infinity;
    const part = bytes.subarray(0, Math.max(0, limit - link.carried[direction]));
    link.carried[direction] += part.length;
    if (to.writable) to.write(part);
    if (part.length < bytes.length) setImmediate(() => this.cut(link));
  }

  private halt({ client, server }: Link): void {
    client.pause();
    server.pause();
  }

  private cut(link: Link): void {
    if (!this.links.delete(link)) return;
    if (!link.client.destroyed) link.client.resetAndDestroy();
    link.server.destroy();
  }
}
