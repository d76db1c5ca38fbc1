// How requests arrive: each connection has memory of its own, where they land and are read. A server that made new memory of
// it all would take more time for an upload than the client that is measured.
import { Socket, type SocketConstructorOpts } from 'node:net';
import { TLSSocket } from 'node:tls';

const headerSize = 16;
const smallest = 65_536;

/** Cuts what arrives on a connection into messages. They are lent: afterwards others are in their place. */
export class Arrival {
  #bytes = Buffer.allocUnsafeSlow(smallest);
  #size = 0;
  readonly #onMessage: (message: Buffer) => void;

  constructor(onMessage: (message: Buffer) => void) {
    this.#onMessage = onMessage;
  }

  /** Where the next bytes belong. */
  get room(): Buffer {
    return this.#bytes.subarray(this.#size);
  }

  /** So many bytes have been put there. */
  landed(count: number): void {
    this.#size += count;
    const whole = this.#bytes.subarray(0, this.#size);
    let start = 0;
    let length = lengthOf(whole, start);
    while (start + length <= whole.length) {
      this.#onMessage(whole.subarray(start, (start += length)));
      length = lengthOf(whole, start);
    }
    this.#goOn(whole.subarray(start), length);
  }

  /** Takes bytes that have landed elsewhere. */
  push(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      const count = bytes.copy(this.room, 0, at);
      at += count;
      this.landed(count);
    }
  }

  /** Makes room for a message that has begun. */
  #goOn(begun: Buffer, length: number): void {
    if (length > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(length);
    begun.copy(this.#bytes);
    this.#size = begun.length;
  }
}

/** The length of the message that begins at `start`, or of a header while that is not whole. */
function lengthOf(bytes: Buffer, start: number): number {
  if (bytes.length - start < headerSize) return headerSize;
  const length = bytes.readInt32LE(start);
  if (length < headerSize) throw new Error(`a message of ${length} bytes has no header`);
  return length;
}

/**
 * Lets what is sent to an accepted connection land in its arrival, and gives the socket to answer by. Node asks only those who
 * connect where bytes should land: so a connection that is paused goes on as another socket. One of TLS copies them there.
 */
export function landing(accepted: Socket & { _handle?: unknown }, arrival: Arrival): Socket {
  if (accepted instanceof TLSSocket) return accepted.on('data', (bytes: Buffer) => arrival.push(bytes));
  const onread = {
    buffer: () => arrival.room,
    callback: (count: number) => {
      arrival.landed(count);
      return true;
    }
  };
  return new Socket({ handle: accepted._handle, onread } as SocketConstructorOpts);
}
