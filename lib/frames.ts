import { Buffer } from 'node:buffer';
import { MongoParseError } from 'mongodb';
import { keep } from './slab.js';
import { Span } from './span.js';
import { HEADER_SIZE, OP_COMPRESSED, OP_MSG, OP_REPLY } from './wire.js';

/** How many times as long as what has arrived of a frame the memory may be that is held for it. */
const AHEAD = 256;

type Deliver = (frame: Span) => void;

/** Cuts a stream of bytes into frames, however it was split or joined on its way. */
export class FrameReader {
  /** A frame that has begun, or as much of it as there is memory for yet. */
  #frame: Buffer | undefined;
  #size = 0;

  /** @param limit - the greatest length a frame may have, in bytes; asked at each frame */
  constructor(private readonly limit: () => number) {}

  /** Where the next bytes belong: who can put them there tells by {@link filled}, and has them copied no more. */
  get room(): Buffer | undefined {
    return this.#frame?.subarray(this.#size);
  }

  /**
   * Takes the next bytes, and delivers each frame that is complete, header and all.
   *
   * @param lent - whether the bytes will be others afterwards: they are copied then
   * @throws MongoParseError as soon as a header cannot be one of this protocol
   */
  push(span: Span, deliver: Deliver, lent = false): void {
    let { memory, start, end } = span;
    if (this.#frame) start = this.#fill(memory.bytes, start, end, deliver);
    for (let mustCopy = lent; start < end; mustCopy = false) {
      const length = this.#frameLength(memory.view, start, end);
      if (length > end - start) return this.#begin(memory.bytes.subarray(start, end), length);
      if (mustCopy) ({ memory, start, end } = keep(new Span(memory, start, end))); // and what comes after it
      deliver(new Span(memory, start, start + length));
      start += length;
    }
  }

  /** So many bytes have been put into {@link room}. @throws as {@link push} */
  filled(count: number, deliver: Deliver): void {
    const frame = this.#frame!;
    this.#size += count;
    if (this.#size < frame.length) return;
    const whole = Span.of(frame);
    const length = this.#frameLength(whole.memory.view, 0, frame.length);
    if (this.#size < length) return this.#begin(frame, length);
    this.#frame = undefined;
    deliver(whole);
  }

  /** Goes on with the frame at hand. Gives where its bytes end. */
  #fill(bytes: Buffer, start: number, end: number, deliver: Deliver): number {
    let offset = start;
    while (this.#frame && offset < end) {
      const count = bytes.copy(this.#frame, this.#size, offset, end);
      offset += count;
      this.filled(count, deliver);
    }
    return offset;
  }

  #begin(bytes: Buffer, length: number): void {
    this.#frame = Buffer.allocUnsafeSlow(Math.min(length, AHEAD * bytes.length));
    this.#size = bytes.copy(this.#frame);
  }

  /** The length of the frame that begins here, or of what has to be there for that to be known. */
  #frameLength(view: DataView, offset: number, end: number): number {
    const left = end - offset;
    if (left < 4) return 4;
    const length = view.getInt32(offset, true);
    const limit = this.limit();
    if (length < HEADER_SIZE || length > limit) {
      throw new MongoParseError(
        `Invalid message length ${length}: it must be between ${HEADER_SIZE} and ${limit}; is the peer a MongoDB server?`
      );
    }
    if (left < HEADER_SIZE) return HEADER_SIZE;
    const opCode = view.getInt32(offset + 12, true);
    if (opCode !== OP_MSG && opCode !== OP_COMPRESSED && opCode !== OP_REPLY) {
      throw new MongoParseError(`Invalid operation code ${opCode} in a reply; is the peer a MongoDB server?`);
    }
    return length;
  }
}
