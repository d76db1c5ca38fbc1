import type { BSONSerializeOptions, Document } from 'mongodb';
import { Output, serializeInto } from './bson/index.js';
import { DocumentSequence } from './driver.js';

/** What a section is given to begin with, in bytes. */
const ROOM = 1024;

const KIND = 1;

/** Where its size is, which counts from there. */
const AFTER_KIND = 1;

/** Documents that follow a command as a section of kind 1, as bytes from the beginning. */
export class EncodedSequence extends DocumentSequence {
  readonly #out = new Output(ROOM);
  /** Where the last document ends that was added. One that was encoded since is not part of it yet. */
  #end: number;

  /**
   * @param field - of the command, in whose place they are
   * @param documents - what the bytes are of, for those who watch commands
   */
  constructor(field: string, documents: Document[] = []) {
    super(field);
    this.documents = documents;
    this.#out.byte(KIND);
    this.#out.int32(0);
    this.#out.cString(field);
    this.#end = this.#out.position;
  }

  /** Encodes a document in its place, to be added. What that runs must not do the same here. */
  encode(document: Document, options?: BSONSerializeOptions): void {
    serializeInto(this.#atEnd(), document, options);
  }

  /** Puts a document there that was encoded elsewhere, to be added. */
  put(bytes: Uint8Array): void {
    this.#atEnd().copy(bytes);
  }

  /** Of what is to be added, in bytes: 0 when there is nothing. */
  get size(): number {
    return this.#out.position - this.#end;
  }

  /** What is to be added, until something else is. */
  get pending(): Uint8Array {
    return this.#out.bytes.subarray(this.#end, this.#out.position);
  }

  /** Adds what was encoded or put last. Gives the length of the section, in bytes. */
  add(): number {
    return (this.#end = this.#out.position);
  }

  override toBin(): Uint8Array {
    const out = this.#atEnd();
    out.sizeAt(AFTER_KIND);
    return out.written;
  }

  #atEnd(): Output {
    const out = this.#out;
    out.start = out.position = this.#end; // its limits are a document's, not the section's
    return out;
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
