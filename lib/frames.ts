import { Buffer } from 'node:buffer';
import { MongoParseError } from 'mongodb';
import { int32 } from './fields.js';
import { HEADER_SIZE, OP_COMPRESSED, OP_MSG, OP_REPLY } from './wire.js';

/** How many times as long as what has arrived of a frame the memory may be that is held for it. */
const AHEAD = 256;

type Deliver = (frame: Buffer) => void;

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
   * @param lent - whether the bytes will be others afterwards: frames are copies then
   * @param end - where they end
   * @throws MongoParseError as soon as a header cannot be one of this protocol
   */
  push(bytes: Buffer, deliver: Deliver, lent = false, end = bytes.length): void {
    let offset = this.#frame ? this.#fill(bytes, end, deliver) : 0;
    while (offset < end) {
      const next = offset + this.#frameLength(bytes, offset, end);
      if (next > end) return this.#begin(bytes.subarray(offset, end), next - offset);
      const frame = bytes.subarray(offset, next);
      deliver(lent ? Buffer.from(frame) : frame);
      offset = next;
    }
  }

  /** So many bytes have been put into {@link room}. @throws as {@link push} */
  filled(count: number, deliver: Deliver): void {
    const frame = this.#frame!;
    this.#size += count;
    if (this.#size < frame.length) return;
    const length = this.#frameLength(frame, 0, frame.length);
    if (this.#size < length) return this.#begin(frame, length);
    this.#frame = undefined;
    deliver(frame);
  }

  /** Goes on with the frame at hand. Gives how many of the bytes are its. */
  #fill(bytes: Buffer, end: number, deliver: Deliver): number {
    let offset = 0;
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
  #frameLength(bytes: Buffer, offset: number, end: number): number {
    const left = end - offset;
    if (left < 4) return 4;
    const length = int32(bytes, offset);
    const limit = this.limit();
    if (length < HEADER_SIZE || length > limit) {
      throw new MongoParseError(
        `Invalid message length ${length}: it must be between ${HEADER_SIZE} and ${limit}; is the peer a MongoDB server?`
      );
    }
    if (left < HEADER_SIZE) return HEADER_SIZE;
    const opCode = int32(bytes, offset + 12);
    if (opCode !== OP_MSG && opCode !== OP_COMPRESSED && opCode !== OP_REPLY) {
      throw new MongoParseError(`Invalid operation code ${opCode} in a reply; is the peer a MongoDB server?`);
    }
    return length;
  }
}
