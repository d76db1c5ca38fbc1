import { isUtf8 } from 'node:buffer';
import { type Place, REPLACEMENT, SHORT, shortText } from './short-text.js';
import { utf8Slice } from './text.js';

/** Says that a document is bson's to read. Thrown, never seen outside. */
export const OTHERWISE = Symbol('otherwise');

/** What documents may be read with here; the names are bson's. */
export interface Reading {
  readonly promoteLongs: boolean;
  readonly promoteBuffers: boolean;
  readonly useBigInt64: boolean;
  readonly bsonRegExp: boolean;
  /** Whether bytes that are no UTF-8 are an error. */
  readonly validates: boolean;
}

const TWO_32 = 2 ** 32;

/** Bytes, and a view of them, which takes longer to make than a small document takes to be read by it. */
export class Memory {
  readonly view: DataView;

  constructor(readonly bytes: Buffer) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}

/**
 * Bytes, and a position in them. What is read beyond their limit is garbage, or not a number: the document in which
 * this happens does not end where it should, and is refused for that.
 */
export class Input {
  /** How deep in the document, by other documents and arrays. */
  depth = 0;
  /** How many bytes bson has been asked to read again. */
  odd = 0;
  readonly bytes: Buffer;
  readonly view: DataView;

  constructor(
    memory: Memory,
    public position: number,
    /** Where the document ends, and nothing in it may go on. */
    public limit: number,
    readonly how: Reading
  ) {
    this.bytes = memory.bytes;
    this.view = memory.view;
  }

  /** Turns to other bytes of the buffer. */
  move(start: number, end: number): this {
    this.position = start;
    this.limit = end;
    this.depth = this.odd = 0;
    return this;
  }

  int32(): number {
    const i = this.position;
    this.position = i + 4;
    return this.view.getInt32(i, true);
  }

  /** An int64 as a number, exact up to 2^53. */
  int64(): number {
    const low = this.int32() >>> 0;
    return this.int32() * TWO_32 + low;
  }

  double(): number {
    const i = this.position;
    this.position = i + 8;
    return this.view.getFloat64(i, true);
  }

  boolean(): boolean {
    const byte = this.bytes[this.position++]!;
    if (byte > 1) throw OTHERWISE;
    return byte === 1;
  }

  /** A view of the bytes, not a copy. */
  take(size: number): Buffer {
    const start = this.position;
    const end = start + size;
    if (size < 0 || end > this.limit) throw OTHERWISE;
    this.position = end;
    return this.bytes.subarray(start, end);
  }

  /** The bytes, not a view of them. For few: a call into Node costs more than they do. */
  copy(size: number): Buffer {
    const { bytes, position: start } = this;
    if (start + size > this.limit) throw OTHERWISE;
    const copied = Buffer.allocUnsafe(size);
    for (let i = 0; i < size; i++) copied[i] = bytes[start + i]!;
    this.position = start + size;
    return copied;
  }

  /** @param place - where short strings may come again, if any do */
  string(place?: Place): string {
    const size = this.int32();
    const { bytes, position: start } = this;
    const end = start + size - 1;
    if (size <= 0 || end >= this.limit || bytes[end] !== 0) throw OTHERWISE;
    this.position = end + 1;
    if (size > SHORT || place === undefined || start + SHORT > bytes.length) return this.text(start, end);
    return shortText(this.view, start, size, place, this);
  }

  /** What is between two bytes. */
  text(start: number, end: number): string {
    const text = utf8Slice(this.bytes, start, end);
    if (this.how.validates && text.includes(REPLACEMENT) && !isUtf8(this.bytes.subarray(start, end)))
      throw OTHERWISE;
    return text;
  }

  cString(): string {
    const start = this.position;
    const end = this.endOfName(start);
    this.position = end + 1;
    return utf8Slice(this.bytes, start, end);
  }

  /** Where the zero byte is. */
  endOfName(start: number): number {
    const { bytes, limit } = this;
    let end = start;
    while (bytes[end] !== 0) if (++end >= limit) throw OTHERWISE;
    return end;
  }
}
