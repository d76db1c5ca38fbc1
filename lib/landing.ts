/*
 * Node gives each read of a socket memory of its own, 64 KB, to be freed by the garbage collector; a long reply comes in
 * hundreds of those, and has to be put together. By its option `onread` the bytes of all sockets land in one place instead,
 * and those of a frame that has begun where they belong. A GridFS download takes a third less processor time for it.
 */
import type { OnReadOpts, Socket } from 'node:net';
import { Memory } from './bson/index.js';
import { Span } from './span.js';

/** What a read takes at most, in bytes, but for long frames: as much as Node takes. */
const SIZE = 64 << 10;

/** One for all sockets: what is in it is taken before the next is read. */
let shared: Memory | undefined;

/** Takes what arrives. */
export interface Receiver {
  /** Where the next bytes belong, if that is known. */
  readonly room: Buffer | undefined;
  /** So many bytes are there. */
  filled(count: number): void;
  /** These bytes have arrived. @param lent - whether they will be others afterwards */
  arrived(bytes: Span, lent: boolean): void;
}

class Landing {
  receiver: Receiver | undefined;
  #place: Buffer | undefined;
  readonly #shared = (shared ??= new Memory(Buffer.allocUnsafeSlow(SIZE)));

  readonly onread: OnReadOpts = {
    buffer: () => (this.#place = this.receiver?.room ?? this.#shared.bytes),
    callback: count => {
      const { receiver } = this;
      if (this.#place === this.#shared.bytes) receiver?.arrived(new Span(this.#shared, 0, count), true);
      else receiver?.filled(count);
      return receiver !== undefined;
    }
  };
}

const landings = new WeakMap<Socket, Landing>();

/** Makes a socket with the given option. Nothing may arrive on it before it has a receiver. */
export function withLanding(make: (onread: OnReadOpts) => Socket): Socket {
  const landing = new Landing();
  const socket = make(landing.onread);
  landings.set(socket, landing);
  return socket;
}

/** Hands what arrives to a receiver, if the socket was made for that. Another has `data` events. */
export function land(socket: Socket, receiver: Receiver): void {
  const landing = landings.get(socket);
  if (landing) landing.receiver = receiver;
}
