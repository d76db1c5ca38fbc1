import { Socket } from 'node:net';
import { MongoNetworkError, MongoParseError } from 'mongodb';
import { Output } from './bson/index.js';
import { type Coroutine, running, SUSPENDED, type SyncStyle } from './coroutine.js';
import { MotorError } from './errors.js';
import { Inbox } from './inbox.js';
import { InFlight } from './in-flight.js';
import type { Span } from './span.js';
import { hasArrived, hasAsked, type Party } from './traffic.js';

/** What a socket keeps to encode its requests into, in bytes: to begin with, and at most. */
const ROOM = 1024;
const MOST_ROOM = 640 << 10; // a chunk of GridFS fits in, in a buffer that has doubled

/** A stream seldom takes as much as this at once. */
const LARGE = 16 << 10;

/**
 * The event-loop socket: writes a message, suspends the coroutine that asked, and resumes it when the loop has read
 * the reply, or throws the error into it. Several requests may be in flight, and each is answered by the reply
 * that names it.
 */
export class EventLoopSocket implements Party {
  /** Where requests are encoded that will be written at the end of this turn. */
  out = new Output(ROOM);
  readonly #inbox: Inbox;
  /** Who waits for the reply to which request. */
  readonly #asked = new InFlight();
  /** Who waits for something else. */
  #reader: Coroutine | undefined;
  /** Replies to one request keep coming, each answering the one before it (`exhaust`). */
  #streaming = false;
  #ahead: Span[] = [];
  #message: Buffer | undefined;
  /** What is written from where it is, each after so many bytes of {@link out}. */
  #sections: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  /** Another {@link out}, while the stream holds the bytes of one. */
  #spare: Output | undefined;
  #queued = false;
  #closed: Error | undefined;

  /**
   * @param stream - connected; its errors and its close are the owner's to hear, who then calls {@link close}
   * @param limit - the greatest length of a reply, in bytes
   * @param onError - told of a peer that breaks the protocol; it closes this
   * @param onData - told when anything has arrived, before it is read
   */
  constructor(
    private readonly stream: Socket,
    limit: () => number,
    private readonly onError: (error: Error) => void,
    onData: () => void = () => undefined
  ) {
    this.#inbox = new Inbox(stream, limit, { onData, onError, onFrame: () => hasArrived(this) });
  }

  /**
   * Asks, on behalf of the running coroutine, what has been encoded into {@link out}. The coroutine has to yield SUSPENDED
   * next, and is resumed with the reply, a whole frame. (So the hot path is one generator shorter.)
   *
   * @param sections - what the message ends with: bytes that are left alone until the reply has come
   */
  request(requestId: number, sections?: readonly Uint8Array[]): void {
    const me = running('A request');
    if (this.#closed || this.#reader) {
      this.out.position = 0; // there is nothing else in it then
      this.#refuse();
    }
    if (sections && sections.length > 0) this.#add(sections);
    this.#ask(me, requestId);
  }

  /** @internal Reads what has arrived in this turn of the loop. */
  deliver(): void {
    if (this.#closed) return;
    const frames = this.#inbox.take();
    try {
      for (const frame of frames) this.#onFrame(frame);
    } catch (error) {
      this.onError(error as Error);
    }
  }

  /** @internal Writes what was asked in this turn of the loop. */
  flush(): void {
    const { out } = this;
    const message = this.#message;
    this.#message = undefined;
    this.#queued = false;
    if (this.#closed) return;
    try {
      if (message) this.#write(message);
      else if (this.#sections.length > 0) this.#writeSections();
      else this.#write(out.written, this.#reclaiming(out));
    } catch (error) {
      this.onError(error as Error);
    }
    if (!message) this.#reuse();
  }

  /** Writes a request and waits for its reply. */
  *exchange(message: Buffer, requestId: number): SyncStyle<Span> {
    const me = this.#alone('A request');
    this.#message = message;
    this.#ask(me, requestId);
    return (yield SUSPENDED) as Span;
  }

  /** Waits for the next of the replies that the last one announced. */
  *receive(): SyncStyle<Span> {
    const frame = this.#ahead.shift();
    if (frame) return frame;
    this.#reader = this.#alone('Reading a reply');
    this.#streaming = true;
    return (yield SUSPENDED) as Span;
  }

  /** Writes a request that has no reply. Waits only while the peer is slow to take it. */
  *send(message: Buffer): SyncStyle<void> {
    const me = (this.#reader = this.#alone('A request'));
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
    this.deliver(); // what was there before
    if (this.#closed) return;
    this.#closed = error;
    this.#inbox.close();
    this.#ahead = [];
    this.#sections = [];
    this.#take()?.throw(error);
    for (let next; (next = this.#asked.shift());) next.throw(error);
  }

  #ask(me: Coroutine, requestId: number): void {
    this.#streaming = false;
    this.#asked.add(requestId | 0, me); // ids are int32 on the wire
    if (this.#queued) return;
    this.#queued = true;
    hasAsked(this);
  }

  /** Who runs this, for something during which nothing else can be asked of this socket. */
  #alone(what: string): Coroutine {
    const me = running(what);
    if (this.#closed || this.#reader || this.#asked.size > 0) this.#refuse();
    return me;
  }

  #refuse(): never {
    if (this.#closed) throw this.#closed;
    throw new MotorError('ERR_ALREADY_READING', 'Already reading: a reply is awaited on this socket');
  }

  #take(): Coroutine | undefined {
    const reader = this.#reader;
    this.#reader = undefined;
    return reader;
  }

  #release(me: Coroutine): void {
    if (this.#reader === me) this.#reader = undefined;
  }

  #write(message: Uint8Array, taken?: () => void): boolean {
    try {
      return this.stream.write(message, taken);
    } catch (cause) {
      throw new MongoNetworkError('unexpected error writing to socket', { cause: cause as Error });
    }
  }

  #add(sections: readonly Uint8Array[]): void {
    for (const bytes of sections) this.#sections.push({ at: this.out.position, bytes });
  }

  /** Writes what is in {@link out} with the sections in between, by one call. */
  #writeSections(): void {
    const { out, stream } = this;
    const sections = this.#sections;
    this.#sections = [];
    let start = 0;
    stream.cork();
    try {
      for (const { at, bytes } of sections) {
        if (at > start) this.#write(out.bytes.subarray(start, at));
        this.#write(bytes);
        start = at;
      }
      if (out.position > start) this.#write(out.bytes.subarray(start, out.position));
    } finally {
      stream.uncork();
    }
  }

  /** Keeps what the stream held for a while. Small messages it takes at once. */
  #reclaiming(out: Output): (() => void) | undefined {
    if (out.position < LARGE || !(this.stream instanceof Socket)) return undefined;
    return () => {
      if (this.out !== out) this.#spare = out;
    };
  }

  /** A stream that has taken all bytes has no use for them any more; others are left what they hold. */
  #reuse(): void {
    if (this.stream.writableLength > 0 || !(this.stream instanceof Socket)) {
      this.out = this.#spare ?? new Output(ROOM);
      this.#spare = undefined;
    }
    this.out.position = 0;
    this.out.shrink(MOST_ROOM);
  }

  #onFrame(frame: Span): void {
    if (this.#closed) return;
    if (this.#streaming) {
      const reader = this.#take();
      if (reader) reader.resume(frame);
      else this.#ahead.push(frame);
      return;
    }
    const responseTo = frame.int32(8);
    const coroutine = this.#asked.take(responseTo);
    if (!coroutine) throw new MongoParseError(this.#stranger(responseTo));
    coroutine.resume(frame);
  }

  #stranger(responseTo: number): string {
    const expected = this.#asked.oldest;
    return (
      `A reply to request ${responseTo} has arrived, ` +
      (expected === undefined ? 'and no request is in flight' : `in place of one to ${expected}`)
    );
  }
}
