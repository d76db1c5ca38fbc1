import { Memory } from './bson/index.js';

/** Some of the bytes of a piece of memory, which may hold others: what has arrived, or a frame of it. */
export class Span {
  constructor(
    readonly memory: Memory,
    readonly start: number,
    readonly end: number
  ) {}

  /** All of these bytes. */
  static of(bytes: Buffer): Span {
    return new Span(new Memory(bytes), 0, bytes.length);
  }

  get length(): number {
    return this.end - this.start;
  }

  /** @param at - from the first byte of these; that there is one is for the caller to know */
  byte(at: number): number {
    return this.memory.view.getUint8(this.start + at);
  }

  /** As {@link byte}, of four. */
  int32(at: number): number {
    return this.memory.view.getInt32(this.start + at, true);
  }

  /** A view of these bytes, not a copy. */
  get bytes(): Buffer {
    return this.memory.bytes.subarray(this.start, this.end);
  }
}
