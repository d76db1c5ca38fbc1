// A socket that writes a message and counts the bytes of the reply: nothing is decoded.
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

export interface Address {
  host: string;
  port: number;
}

type OnReply = (error: Error | null, size: number) => void;

export class RawSocket {
  readonly #socket: Socket;
  #onReply: OnReply = () => {};
  #expected = 0;
  #received = 0;
  #kept: Buffer[] | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true);
    socket.on('data', chunk => this.#read(chunk));
    socket.on('error', error => this.#onReply(error, 0));
    socket.on('close', () => this.#onReply(new Error('the server closed the connection'), 0));
  }

  static async connect(address: Address): Promise<RawSocket> {
    const socket = connect(address);
    await once(socket, 'connect');
    return new RawSocket(socket);
  }

  /** Sends a message and hands on the size of its reply. */
  exchange(message: Buffer, onReply: OnReply): void {
    this.#onReply = onReply;
    this.#socket.write(message);
  }

  /** Sends a message and gives the whole reply. */
  async keep(message: Buffer): Promise<Buffer> {
    const kept: Buffer[] = (this.#kept = []);
    await new Promise<number>((resolve, reject) =>
      this.exchange(message, (error, size) => (error ? reject(error) : resolve(size)))
    );
    this.#kept = undefined;
    return Buffer.concat(kept);
  }

  close(): void {
    this.#onReply = () => {};
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#kept?.push(chunk);
    if (this.#received === 0) this.#expected = chunk.readInt32LE(0);
    this.#received += chunk.length;
    if (this.#received < this.#expected) return;
    this.#received = 0;
    this.#onReply(null, this.#expected);
  }
}
