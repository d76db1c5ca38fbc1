import type { Key } from './keys.js';
import { MOST_WRITTEN, utf8Write } from './text.js';

/** A document did not fit into the buffer that bson has for one. Thrown, never seen outside. */
export const TOO_LARGE = Symbol('too large');

/** What bson writes documents into, in bytes. Beyond, it depends on the size of that buffer what happens. */
const LARGEST = 17 << 20;

/** No string that makes a document of that size needs more room. */
const MOST_RESERVED = 4 * LARGEST;

/** What an element of any fixed size takes, beside its key. */
const FIXED = 32;

/** See utf8Slice: to look it up would take longer than a short copy does. */
const { set } = Uint8Array.prototype;

const TWO_32 = 2 ** 32;

/** Where documents are written: a buffer that grows, and a position in it. */
export class Output {
  bytes!: Buffer;
  view!: DataView;
  private capacity!: number;
  /** A buffer that had been grown into, and is not in use. */
  #spare: Buffer | undefined = undefined;
  #written: Buffer | undefined = undefined;
  position = 0;
  /** Where the document begins that is being written. */
  start = 0;
  /** How deep in it, by other documents and arrays. */
  depth = 0;
  ignoreUndefined = true;
  serializeFunctions = false;

  /** @param size - of the buffer to begin with, in bytes */
  constructor(private readonly size: number) {
    this.#use(Buffer.allocUnsafeSlow(size));
  }

  /** How many bytes more there is room for in the buffer to begin with. */
  get room(): number {
    return this.size - this.position;
  }

  /** What has been written, from the first byte on: a view, and the one before if that is as long. */
  get written(): Buffer {
    const { position } = this;
    if (this.#written?.length !== position) this.#written = this.bytes.subarray(0, position);
    return this.#written;
  }

  /** Whether that buffer was too small. */
  get grown(): boolean {
    return this.capacity > this.size;
  }

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    if (this.position + count > this.capacity) this.#grow(this.position + count);
  }

  /** Gives back a buffer that has become larger than this many bytes. */
  shrink(most: number): void {
    if (this.capacity > most) this.#use(Buffer.allocUnsafeSlow(this.size));
  }

  /** Begins in another buffer, since the one before is in use elsewhere. If it had grown, up to `most` bytes, it is not. */
  renew(most: number): void {
    if (this.grown) this.#spare = this.capacity > most ? undefined : this.bytes;
    this.#use(Buffer.allocUnsafeSlow(this.size));
    this.position = 0;
  }

  #grow(needed: number): void {
    this.checkSize();
    if (needed - this.start > MOST_RESERVED) throw TOO_LARGE;
    const before = this.bytes;
    this.#use(this.#takeSpare(needed) ?? Buffer.allocUnsafeSlow(2 * needed));
    before.copy(this.bytes, 0, 0, this.position);
  }

  #takeSpare(needed: number): Buffer | undefined {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare !== undefined && spare.length >= needed ? spare : undefined;
  }

  #use(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.capacity = bytes.length;
    this.#written = undefined;
  }

  /** @throws TOO_LARGE */
  checkSize(): void {
    if (this.position - this.start > LARGEST) throw TOO_LARGE;
  }

  byte(value: number): void {
    this.bytes[this.position++] = value;
  }

  int32(value: number): void {
    this.view.setInt32(this.position, value, true);
    this.position += 4;
  }

  /** @param value - an integer that a number has exactly; NaN is 0 */
  int64(value: number): void {
    this.int32(value | 0);
    this.int32(Math.floor(value / TWO_32));
  }

  /** Keeps the lowest 64 bits. */
  bigInt64(value: bigint): void {
    this.view.setBigInt64(this.position, value, true);
    this.position += 8;
  }

  double(value: number): void {
    this.view.setFloat64(this.position, value, true);
    this.position += 8;
  }

  /**
   * Sets what was left out: how many bytes there are from one position up to here, those four included.
   *
   * @param more - bytes that come elsewhere
   */
  sizeAt(start: number, more = 0): void {
    this.view.setInt32(start, this.position - start + more, true);
  }

  /** Begins a document or an array. Gives where, for {@link leave}. */
  enter(): number {
    const start = this.position;
    this.reserve(5);
    this.position += 4;
    this.depth++;
    return start;
  }

  /** Ends it. */
  leave(start: number): void {
    this.reserve(1);
    this.byte(0);
    this.sizeAt(start);
    this.depth--;
  }

  copy(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    set.call(this.bytes, bytes, this.position);
    this.position += bytes.length;
  }

  /**
   * A type and a key; makes room for a value of fixed size after it.
   *
   * @param name - the key's, or a key that is not remembered; without zero bytes
   */
  element(type: number, key: Key, name: string): void {
    if (!key.known) return this.#unremembered(type, name);
    this.reserve(key.size + FIXED);
    const { view, position } = this;
    view.setInt32(position, key.first | type, true);
    view.setInt32(position + 4, key.second, true);
    view.setInt32(position + 8, key.third, true);
    if (key.reach > 12) writeRest(view, position, key.words);
    this.position = position + key.size;
  }

  #unremembered(type: number, name: string): void {
    this.reserve(1);
    this.byte(type);
    this.cString(name);
  }

  /** @param value - without zero bytes */
  cString(value: string): void {
    this.reserve(3 * value.length + FIXED);
    this.position += writeText(this.bytes, value, this.position);
    this.byte(0);
  }

  string(value: string): void {
    this.reserve(3 * value.length + FIXED);
    const { bytes, position } = this;
    const start = position + 4;
    const end = start + writeText(bytes, value, start);
    this.view.setInt32(position, end + 1 - start, true);
    bytes[end] = 0;
    this.position = end + 1;
  }
}

function writeRest(view: DataView, at: number, words: Int32Array): void {
  for (let i = 3; i < words.length; i++) view.setInt32(at + 4 * i, words[i]!, true);
}

/** Gives how many bytes there are. */
function writeText(bytes: Buffer, value: string, at: number): number {
  const { length } = value;
  if (length > MOST_WRITTEN) return utf8Write(bytes, value, at);
  let all = 0;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    all |= code;
    bytes[at + i] = code;
  }
  if (all < 0x80) return length;
  return all < 0x800 ? writeTwoByte(bytes, value, at) : utf8Write(bytes, value, at);
}

/** @param value - of characters that take one byte or two, as those of European languages */
function writeTwoByte(bytes: Buffer, value: string, at: number): number {
  let end = at;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x80) {
      bytes[end++] = code;
    } else {
      bytes[end++] = 0xc0 | (code >> 6);
      bytes[end++] = 0x80 | (code & 0x3f);
    }
  }
  return end - at;
}
