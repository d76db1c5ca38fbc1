import type { Socket } from 'node:net';
import { MongoNetworkError, MongoParseError } from 'mongodb';
import { type Coroutine, running, SUSPENDED, type SyncStyle } from './coroutine.js';
import { MotorError } from './errors.js';
import { setImmediate } from './turns.js';
import { FrameReader } from './wire.js';

/** Sockets with a request that is to be written. */
let outgoing: EventLoopSocket[] = [];

/**
 * Requests are written together, once everything else in this turn of the loop has run: a peer that is woken by the
 * first finds the others there. With 100 callers that is a quarter of an insert's processor time.
 */
function flush(): void {
  const sockets = outgoing;
  outgoing = [];
  for (const socket of sockets) socket.flush();
}

/**
 * The event-loop socket: writes a message, suspends the coroutine that asked, and resumes it from the loop's `data`
 * event with the reply, or throws the error into it. One request is in flight at a time.
 */
export class EventLoopSocket {
  readonly #frames: FrameReader;
  readonly #deliver = (frame: Buffer): void => this.#onFrame(frame);
  #reader: Coroutine | undefined;
  #expected = 0;
  /** Replies to one request keep coming, each answering the one before it (`exhaust`). */
  #streaming = false;
  #ahead: Buffer[] = [];
  #outgoing: Buffer | undefined;
  #closed: Error | undefined;

  /**
   * @param stream - connected; its errors and its close are the owner's to hear, who then calls {@link close}
   * @param limit - the greatest length of a reply, in bytes
   * @param onError - told of a peer that breaks the protocol; it closes this
   */
  constructor(
    private readonly stream: Socket,
    limit: () => number,
    private readonly onError: (error: Error) => void
  ) {
    this.#frames = new FrameReader(limit);
    stream.on('data', chunk => this.#onData(chunk));
    stream.resume();
  }

  /**
   * Asks on behalf of the running coroutine, which has to yield SUSPENDED next: it is resumed with the reply, a whole
   * frame. (So the hot path is one generator shorter.)
   */
  request(message: Buffer, requestId: number): void {
    this.#claim('A request');
    this.#expected = requestId | 0; // ids are int32 on the wire
    this.#streaming = false;
    this.#outgoing = message;
    if (outgoing.push(this) === 1) setImmediate(flush);
  }

  /** @internal Writes what was asked in this turn of the loop. */
  flush(): void {
    const message = this.#outgoing;
    this.#outgoing = undefined;
    if (!message || this.#closed) return;
    try {
      this.#write(message);
    } catch (error) {
      this.onError(error as Error);
    }
  }

  /** Writes a request and waits for its reply. */
  *exchange(message: Buffer, requestId: number): SyncStyle<Buffer> {
    this.request(message, requestId);
    return (yield SUSPENDED) as Buffer;
  }

  /** Waits for the next of the replies that the last one announced. */
  *receive(): SyncStyle<Buffer> {
    this.#streaming = true;
    const frame = this.#ahead.shift();
    if (frame) return frame;
    this.#claim('Reading a reply');
    return (yield SUSPENDED) as Buffer;
  }

  /** Writes a request that has no reply. Waits only while the peer is slow to take it. */
  *send(message: Buffer): SyncStyle<void> {
    const me = this.#claim('A request');
    const resume = (): void => this.#take()?.resume(undefined);
    try {
      if (this.#write(message)) return;
      this.stream.once('drain', resume);
      yield SUSPENDED;
    } catch (error) {
      this.#release(me);
      this.onError(error as Error);
      throw error;
    } finally {
      this.#release(me);
      this.stream.off('drain', resume);
    }
  }

  /** Fails what is pending with `error`, and all that comes after. The stream is the owner's to destroy. */
  close(error: Error): void {
    if (this.#closed) return;
    this.#closed = error;
    this.#ahead = [];
    this.#take()?.throw(error);
  }

  #claim(what: string): Coroutine {
    const me = running(what);
    if (this.#closed) throw this.#closed;
    if (this.#reader)
      throw new MotorError('ERR_ALREADY_READING', 'Already reading: a reply is awaited on this socket');
    this.#reader = me;
    return me;
  }

  #take(): Coroutine | undefined {
    const reader = this.#reader;
    this.#reader = undefined;
    return reader;
  }

  #release(me: Coroutine): void {
    if (this.#reader === me) this.#reader = undefined;
  }

  #write(message: Buffer): boolean {
    try {
      return this.stream.write(message);
    } catch (cause) {
      throw new MongoNetworkError('unexpected error writing to socket', { cause: cause as Error });
    }
  }

  #onData(chunk: Buffer): void {
    if (this.#closed) return;
    try {
      this.#frames.push(chunk, this.#deliver);
    } catch (error) {
      this.onError(error as Error);
    }
  }

  #onFrame(frame: Buffer): void {
    if (this.#closed) return;
    if (this.#streaming && !this.#reader) {
      this.#ahead.push(frame);
      return;
    }
    const responseTo = frame.readInt32LE(8);
    if (!this.#reader) {
      throw new MongoParseError(`A reply to request ${responseTo} has arrived, and no request is in flight`);
    }
    if (!this.#streaming && responseTo !== this.#expected) {
      throw new MongoParseError(
        `A reply to request ${responseTo} has arrived, in place of one to ${this.#expected}`
      );
    }
    this.#take()?.resume(frame);
  }
}
