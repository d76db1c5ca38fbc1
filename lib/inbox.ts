import type { Socket } from 'node:net';
import { FrameReader } from './frames.js';
import { land, type Receiver } from './landing.js';
import { Span } from './span.js';

/** Who is told of what comes in. */
export interface Told {
  /** When anything has arrived, before it is read. */
  onData(): void;
  /** When a frame is there, and there was none: to {@link Inbox.take} it. */
  onFrame(): void;
  /** Of a peer that breaks the protocol. */
  onError(error: Error): void;
}

/** The frames that have arrived on a stream, and were not taken yet. */
export class Inbox implements Receiver {
  readonly #reader: FrameReader;
  readonly #keep = (frame: Span): void => this.#add(frame);
  #frames: Span[] = [];
  #closed = false;

  /** @param limit - the greatest length of a frame, in bytes */
  constructor(
    stream: Socket,
    limit: () => number,
    private readonly told: Told
  ) {
    this.#reader = new FrameReader(limit);
    land(stream, this);
    stream.on('data', (chunk: Buffer) => this.arrived(Span.of(chunk), false)); // of a socket that somebody else has made
    stream.resume();
  }

  take(): Span[] {
    const frames = this.#frames;
    if (frames.length > 0) this.#frames = [];
    return frames;
  }

  /** Nothing is added any more. */
  close(): void {
    this.#closed = true;
  }

  get room(): Buffer | undefined {
    return this.#reader.room;
  }

  filled(count: number): void {
    this.told.onData();
    if (this.#closed) return;
    try {
      this.#reader.filled(count, this.#keep);
    } catch (error) {
      this.told.onError(error as Error);
    }
  }

  arrived(bytes: Span, lent: boolean): void {
    this.told.onData();
    if (this.#closed) return;
    try {
      this.#reader.push(bytes, this.#keep, lent);
    } catch (error) {
      this.told.onError(error as Error);
    }
  }

  #add(frame: Span): void {
    if (this.#frames.push(frame) === 1) this.told.onFrame();
  }
}
