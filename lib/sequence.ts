import type { Document } from 'mongodb';
import { Output } from './bson/index.js';
import { DocumentSequence } from './driver.js';

/** What a section is given to begin with, in bytes. */
const ROOM = 1024;

const KIND = 1;

/** Where its size is, which counts from there. */
const AFTER_KIND = 1;

/** Documents that follow a command as a section of kind 1, as bytes from the beginning. */
export class EncodedSequence extends DocumentSequence {
  readonly #out = new Output(ROOM);

  /**
   * @param field - of the command, in whose place they are
   * @param documents - what the bytes are of, for those who watch commands
   */
  constructor(field: string, documents: Document[]) {
    super(field);
    this.documents = documents;
    this.#out.byte(KIND);
    this.#out.int32(0);
    this.#out.cString(field);
  }

  /** Adds a document, which is all that has been written to `document`. */
  append(document: Output): void {
    const out = this.#out;
    const size = document.position;
    out.start = out.position; // its limits are a document's, not the section's
    out.reserve(size);
    document.bytes.copy(out.bytes, out.position, 0, size);
    out.position += size;
  }

  override toBin(): Uint8Array {
    const out = this.#out;
    out.sizeAt(AFTER_KIND);
    return out.bytes.subarray(0, out.position);
  }

  /** What the driver's is as JSON: instrumentation makes that of commands, its parts and all. */
  toJSON(): object {
    const { field, documents } = this;
    const bytes = Buffer.from(this.toBin());
    const start = AFTER_KIND + 4 + Buffer.byteLength(field) + 1;
    const header = bytes.subarray(0, start);
    const chunks = [header];
    for (let at = start; at < bytes.length;) chunks.push(bytes.subarray(at, (at += bytes.readInt32LE(at))));
    return { field, documents, chunks, serializedDocumentsLength: bytes.length - start, header };
  }
}
