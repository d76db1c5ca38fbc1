import type { Key } from './keys.js';
import { SHORT, type Text } from './text.js';

/** A document did not fit into the buffer that bson has for one. Thrown, never seen outside. */
export const TOO_LARGE = Symbol('too large');

/** What bson writes documents into, in bytes. Beyond, it depends on the size of that buffer what happens. */
const LARGEST = 17 << 20;

/** No string that makes a document of that size needs more room. */
const MOST_RESERVED = 4 * LARGEST;

/** What an element of any fixed size takes, beside its key. */
const FIXED = 32;

const TWO_32 = 2 ** 32;

/** Where documents are written: a buffer that grows, and a position in it. */
export class Output {
  bytes: Buffer & Text;
  view: DataView;
  private capacity: number;
  position = 0;
  /** Where the document begins that is being written. */
  start = 0;
  /** How deep in it, by other documents and arrays. */
  depth = 0;
  ignoreUndefined = true;
  serializeFunctions = false;

  /** @param size - of the buffer to begin with, in bytes */
  constructor(private readonly size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size) as Buffer & Text;
    this.view = viewOf(this.bytes);
    this.capacity = size;
  }

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    if (this.position + count > this.capacity) this.#grow(this.position + count);
  }

  /** Gives back a buffer that has become larger than this many bytes. */
  shrink(most: number): void {
    if (this.capacity > most) this.#replace(this.size, 0);
  }

  #grow(needed: number): void {
    this.checkSize();
    if (needed - this.start > MOST_RESERVED) throw TOO_LARGE;
    this.#replace(2 * needed, this.position);
  }

  #replace(size: number, kept: number): void {
    const bytes = Buffer.allocUnsafeSlow(size) as Buffer & Text;
    this.bytes.copy(bytes, 0, 0, kept);
    this.bytes = bytes;
    this.view = viewOf(bytes);
    this.capacity = size;
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

  /** Sets what was left out: how many bytes there are from one position up to here, those four included. */
  sizeAt(start: number): void {
    this.view.setInt32(start, this.position - start, true);
  }

  copy(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.position);
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
    const { words } = key;
    view.setInt32(position, words[0]! | type, true);
    for (let i = 1; i < words.length; i++) view.setInt32(position + 4 * i, words[i]!, true);
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
    const start = this.position + 4;
    const size = writeText(this.bytes, value, start);
    this.int32(size + 1);
    this.position = start + size;
    this.byte(0);
  }
}

/** Gives how many bytes there are. */
function writeText(bytes: Buffer & Text, value: string, at: number): number {
  const { length } = value;
  if (length > SHORT) return bytes.utf8Write(value, at);
  let all = 0;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    all |= code;
    bytes[at + i] = code;
  }
  return all > 127 ? bytes.utf8Write(value, at) : length;
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
