import type { JsonForm } from './stringify.js';

/** Most that a value of fixed size takes as JSON, with a comma and a closing bracket after it, and what is written over. */
const FIXED = 64;

/** Text that is written again and again: its bytes in groups of four, the first the lowest of a number. */
export class Literal {
  readonly words: Int32Array;
  readonly size: number;

  constructor(text: string) {
    const bytes = Buffer.from(text);
    this.size = bytes.length;
    this.words = new Int32Array((this.size + 3) >> 2);
    for (let i = 0; i < this.size; i++) this.words[i >> 2]! |= bytes[i]! << (8 * (i & 3));
  }
}

/** Where JSON is written, as UTF-8: a buffer that grows, and a position in it. */
export class JsonOutput {
  bytes: Buffer;
  view: DataView;
  position = 0;
  form: JsonForm = 'json';
  private capacity: number;

  /** @param size - of the buffer to begin with, in bytes */
  constructor(private readonly size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.view = viewOf(this.bytes);
    this.capacity = size;
  }

  /** Makes room for so many bytes, and for a value of fixed size after them. */
  reserve(count: number): void {
    if (this.position + count + FIXED > this.capacity) this.#grow(this.position + count + FIXED);
  }

  #grow(needed: number): void {
    const bytes = Buffer.allocUnsafeSlow(2 * needed);
    this.bytes.copy(bytes, 0, 0, this.position);
    this.#use(bytes);
  }

  /** Gives back a buffer that has grown. */
  shrink(): void {
    if (this.capacity > this.size) this.#use(Buffer.allocUnsafeSlow(this.size));
  }

  #use(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = viewOf(bytes);
    this.capacity = bytes.length;
  }

  byte(value: number): void {
    this.bytes[this.position++] = value;
  }

  /** Four characters, the first in the lowest byte. */
  word(value: number): void {
    this.view.setInt32(this.position, value, true);
    this.position += 4;
  }

  /** ASCII text of fixed size. */
  ascii(text: string): void {
    const { bytes, position } = this;
    const { length } = text;
    for (let i = 0; i < length; i++) bytes[position + i] = text.charCodeAt(i);
    this.position = position + length;
  }

  /** Any text, as it is. */
  text(text: string): void {
    this.reserve(3 * text.length);
    this.position += this.bytes.write(text, this.position);
  }

  /** There is room for it, and for three bytes more. */
  literal({ words, size }: Literal): void {
    const { view, position } = this;
    for (let i = 0; i < words.length; i++) view.setInt32(position + 4 * i, words[i]!, true);
    this.position = position + size;
  }

  /** Ends a list that began with the byte before `start`, each of its parts with a comma after it. */
  close(start: number, bracket: number): void {
    if (this.position === start) this.position++;
    this.bytes[this.position - 1] = bracket;
  }

  /** Forgets what has been written. */
  begin(form: JsonForm): void {
    this.form = form;
    this.position = 0;
  }

  /** What has been written, in memory of its own. */
  copied(): Buffer {
    const copy = Buffer.allocUnsafeSlow(this.position);
    this.bytes.copy(copy, 0, 0, this.position);
    return copy;
  }
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
