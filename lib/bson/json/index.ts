/*
 * Documents as a JSON array, or as lines, written from their bytes with no object in between. The text is what
 * `JSON.stringify`, or `EJSON.stringify`, gives of an array of what `deserialize` gives, or of each.
 */
import { Input, type Memory, type Reading } from '../input.js';
import { writeDecoded, writeDocument } from './documents.js';
import { JsonOutput } from './output.js';
import { type JsonForm, stringify } from './stringify.js';
import { Tree } from '../levels.js';

export { type JsonForm, isStringifiedOtherwise } from './stringify.js';

/** What a piece has at least, in bytes, unless it is the last of a batch. */
const PIECE = 192 << 10;

/** A type. */
const DOCUMENT = 3;

/** Of a document, in bytes. */
const SMALLEST = 5;

const tree = new Tree();

/** The one that is not in use. */
let spare: JsonOutput | undefined;

/** The documents that are left of a BSON array. */
export interface Elements {
  readonly memory: Memory;
  /** Where the next element begins, and where the last one ends. */
  next: number;
  readonly end: number;
  /** How many have been written. */
  written: number;
}

/** What stands before the first document, between two, after each, and after all. */
const ARRAY = { open: '[', between: ',', after: '', close: ']' };
const LINES = { open: '', between: '', after: '\n', close: '' };

/** An array, or lines, written piece by piece. */
export class JsonArray {
  readonly #frame: typeof ARRAY;
  #begun = false;

  /** @param lines - whether each document is a line, with nothing around them */
  constructor(
    private readonly form: JsonForm,
    lines = false
  ) {
    this.#frame = lines ? LINES : ARRAY;
  }

  /**
   * Writes some of the documents, at least one.
   *
   * @returns undefined when the next element is no document, or is not as long as it says
   * @throws BSONError and what else decoding and stringifying throw; the array cannot be gone on with
   */
  piece(elements: Elements, how: Reading): Buffer | undefined {
    const out = spare ?? new JsonOutput(PIECE);
    spare = undefined;
    out.begin(this.form);
    try {
      this.#write(out, elements, how);
      return out.position > 0 ? out.copied() : undefined;
    } finally {
      out.shrink();
      spare = out;
    }
  }

  #write(out: JsonOutput, elements: Elements, how: Reading): void {
    const input = new Input(elements.memory, elements.next, elements.end, how);
    while (elements.next < elements.end && out.position < PIECE) {
      const end = endOfDocument(input, elements);
      if (end === undefined) return;
      out.reserve(0);
      out.ascii(this.#before());
      write(out, input, end);
      out.ascii(this.#frame.after);
      elements.next = end;
      elements.written++;
    }
  }

  /** Values that have been decoded already, and may be any. */
  stringified(values: readonly unknown[]): Buffer {
    if (this.#frame === ARRAY) return Buffer.from(this.#before() + this.#inArray(values));
    return Buffer.from(values.map(value => this.#inArray([value]) + LINES.after).join(''));
  }

  /** What comes last: of lines nothing. */
  end(): Buffer {
    const { open, close } = this.#frame;
    return Buffer.from(this.#begun ? close : open + close);
  }

  /** Gives what comes before a document, which is begun. */
  #before(): string {
    const { open, between } = this.#frame;
    if (this.#begun) return between;
    this.#begun = true;
    return open;
  }

  #inArray(values: readonly unknown[]): string {
    return stringify(values, this.form)!.slice(1, -1);
  }
}

/** Moves to the next document. Gives where it ends; undefined when there is none that can be there. */
function endOfDocument(input: Input, { next, end }: Elements): number | undefined {
  const { bytes, view } = input;
  if (bytes[next] !== DOCUMENT) return undefined;
  let start = next + 1;
  while (start < end && bytes[start] !== 0) start++;
  input.position = ++start;
  const size = start + SMALLEST <= end ? view.getInt32(start, true) : 0;
  return size >= SMALLEST && start + size <= end ? start + size : undefined;
}

/** A document; what cannot be written from its bytes is decoded. */
function write(out: JsonOutput, input: Input, end: number): void {
  const { position: start } = input;
  const { position: begin } = out;
  input.limit = end;
  input.depth = input.odd = 0;
  try {
    writeDocument(out, input, tree.root);
    if (input.position === end) return;
  } catch {
    // it may be one that only bson can read, or it is for bson to say what is wrong with it
  }
  writeDecoded(out, input, start, end, begin);
}
