/*
 * The driver's replies, of which nothing is read before it is asked for. Operations, monitors and encryption find in them
 * what they know; the few fields that are looked at for every operation, and documents, are read from the bytes.
 */
import { type BSONSerializeOptions, type Document, Long } from 'mongodb';
import {
  decode,
  decodeBatch,
  decodeFrom,
  Input,
  type JsonArray,
  type Memory,
  type Reading
} from './bson/index.js';
import {
  CursorResponse,
  type Kept,
  lean,
  MongoDBResponse,
  type Namespace,
  parseToElementsToArray,
  type Response,
  type ResponseType
} from './driver.js';
import { type Batch, batchOf, type Fields, fieldsOf, nextDocument } from './fields.js';
import { readingOf } from './reading.js';

const DOT = 0x2e;

/** What only a reply has that tells of a failure. */
const isTrouble = (name: string): boolean =>
  name === 'writeConcernError' || name === 'code' || name === 'writeErrors';

/** A reply as one of the driver's classes, from the bytes of its document, which ends where its size says. */
export function responseOf<T extends Response>(memory: Memory, start: number, type: ResponseType<T>): T {
  const end = start + memory.view.getInt32(start, true);
  const fields = fieldsOf(memory, start, end);
  return (fields && onDemand(fields, type)) ?? type.make(memory.bytes.subarray(start, end));
}

function onDemand<T extends Response>(fields: Fields, type: ResponseType): T | undefined {
  if (!fields.ok) return undefined;
  if (type === CursorResponse) return new Found(fields) as Response as T;
  return type === MongoDBResponse ? (new Plain(fields) as Response as T) : undefined;
}

/** What {@link responseOf} has found in a reply, if it has. */
export function fieldsIn(response: Response): Fields | undefined {
  return response instanceof Plain || response instanceof Found ? response.fields : undefined;
}

/** Whether the server keeps nothing more for this cursor: its id is zero. */
export function isOver(response: CursorResponse): boolean {
  return response instanceof Found ? response.isOver : response.id.isZero();
}

/** Of which collection a reply is: the one given, if it says nothing else. */
export function namespaceIn(response: CursorResponse, expected: Namespace): Namespace {
  return response instanceof Found && response.names(expected) ? expected : (response.ns ?? expected);
}

/** The documents that a reply has left, decoded in one pass; undefined when they have to be read one by one. */
export function restOf(response: CursorResponse, options: Document): Document[] | undefined {
  return response instanceof Found ? response.rest(options) : undefined;
}

/** Some of the documents that a reply has left, as JSON from their bytes; undefined when they have to be decoded. */
export function jsonOf(response: CursorResponse, array: JsonArray, options: Document): Buffer | undefined {
  return response instanceof Found ? response.json(array, options) : undefined;
}

/** A document in a reply; undefined when only bson can read it. */
export function documentAt(memory: Memory, start: number): Document | undefined {
  return decode(memory, start, start + memory.view.getInt32(start, true), readingOf({}, true)!);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what TypeScript asks of a mixin
function readingOnDemand<C extends new (...args: any[]) => Response & Kept>(Base: C) {
  abstract class OnDemand extends Base {
    abstract readonly fields: Fields;

    /** No more than the document's own: what a size in it says that cannot be true must not make others readable. */
    override get bson(): Uint8Array {
      const { memory, start, end } = this.fields;
      return (this.keptBytes ??= memory.bytes.subarray(start, end));
    }

    /** The driver finds them before anything else. */
    override get elements(): Response['elements'] {
      return (this.keptElements ??= parseToElementsToArray(this.bson, 0));
    }

    get cache(): object {
      return (this.keptCache ??= Object.create(null) as object);
    }

    get indexFound(): object {
      return (this.keptIndexFound ??= Object.create(null) as object);
    }

    override has(name: string): boolean {
      return (this.fields.trouble || !isTrouble(name)) && super.has(name);
    }

    override toObject(options: BSONSerializeOptions = {}): Document {
      return whole(this, options) ?? super.toObject(options);
    }
  }
  return OnDemand;
}

class Plain extends readingOnDemand(lean(MongoDBResponse)) {
  constructor(override readonly fields: Fields) {
    super();
  }
}

class Found extends readingOnDemand(lean(CursorResponse)) {
  readonly #batch: Batch | undefined;
  /** Is kept from document to document. */
  #input: Input | undefined;
  /** Where the next document's element begins. */
  #next: number;

  constructor(override readonly fields: Fields) {
    super();
    this.#batch = fields.cursor ? batchOf(fields.memory, fields.cursor) : undefined;
    this.#next = this.#batch ? this.#batch.start + 4 : 0;
  }

  override get id(): Long {
    if (!this.#batch) return super.id;
    const { view } = this.fields.memory;
    const { id } = this.#batch;
    return new Long(view.getInt32(id, true), view.getInt32(id + 4, true));
  }

  /** See {@link isOver}. */
  get isOver(): boolean {
    if (!this.#batch) return this.id.isZero();
    const { view } = this.fields.memory;
    const { id } = this.#batch;
    return (view.getInt32(id, true) | view.getInt32(id + 4, true)) === 0;
  }

  /** See {@link namespaceIn}. Of names that are not ASCII the driver reads what they are. */
  names({ db, collection = '' }: Namespace): boolean {
    const at = (this.#batch?.ns ?? 0) + 4;
    const dot = at + db.length;
    const { bytes, view } = this.fields.memory;
    return (
      at > 4 &&
      view.getInt32(at - 4, true) === db.length + collection.length + 2 &&
      bytes[dot] === DOT &&
      spells(bytes, at, db) &&
      spells(bytes, dot + 1, collection)
    );
  }

  override get batchSize(): number {
    return this.#batch ? this.#batch.size : super.batchSize;
  }

  override shift(options: Document): Document | null {
    const { view } = this.fields.memory;
    const how = this.#reading(options);
    const start = how ? nextDocument(view, this.#next, this.#batch!.end - 1) : 0;
    if (start === 0) return super.shift(options); // there is none, or it is for the driver to say what it is
    this.#next = start + view.getInt32(start, true);
    const document = decodeFrom(this.#inputAs(how!).move(start, this.#next));
    if (!document) return super.shift(options);
    this.iterated++;
    return document;
  }

  #inputAs(how: Reading): Input {
    const input = this.#input;
    if (input?.how === how) return input;
    return (this.#input = new Input(this.fields.memory, 0, 0, how));
  }

  /** See {@link restOf}. */
  rest(options: Document): Document[] | undefined {
    const how = this.#reading(options);
    const documents = how && decodeBatch(this.fields.memory, this.#next, this.#batch!.end, how);
    if (documents) this.clear();
    return documents;
  }

  /** See {@link jsonOf}. */
  json(array: JsonArray, options: Document): Buffer | undefined {
    const how = this.#reading(options);
    if (!how) return undefined;
    const { memory } = this.fields;
    const elements = { memory, next: this.#next, end: this.#batch!.end - 1, written: 0 };
    const piece = array.piece(elements, how);
    this.#next = elements.next;
    this.iterated += elements.written;
    return piece;
  }

  override clear(): void {
    super.clear();
    this.#next = this.#batch ? this.#batch.end - 1 : 0;
  }

  /** How to read here. A batch of which the driver has read something is the driver's to the end. */
  #reading(options: Document): ReturnType<typeof readingOf> {
    if (!this.#batch || this.encryptedResponse) return undefined;
    const how = readingOf(options, (options.validation as { utf8?: unknown } | undefined)?.utf8 !== false);
    if (!how) this.#next = 0;
    return this.#next === 0 ? undefined : how;
  }
}

/** Whoever asks for their names is told those of the driver's. */
for (const [Class, { name }] of [
  [Plain, MongoDBResponse],
  [Found, CursorResponse]
] as const) {
  Object.defineProperty(Class, 'name', { value: name });
}

function whole(
  response: Response & { readonly fields: Fields },
  options: BSONSerializeOptions
): Document | undefined {
  const how = readingOf(options, options.enableUtf8Validation !== false);
  const { memory, start, end } = response.fields;
  return how && decode(memory, start, end, how);
}

function spells(bytes: Buffer, at: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name.charCodeAt(i)) return false;
  return true;
}
