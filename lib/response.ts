/*
 * The driver's replies, of which nothing is read before it is asked for. Operations, monitors and encryption find in them
 * what they know; the few fields that are looked at for every operation, and documents, are read from the bytes.
 */
import { type BSONSerializeOptions, type Document, Long } from 'mongodb';
import { decode, decodeBatch, decodeFrom, Input, type JsonArray, type Reading } from './bson/index.js';
import {
  CursorResponse,
  lean,
  MongoDBResponse,
  type Namespace,
  parseToElementsToArray,
  type Response,
  type ResponseType
} from './driver.js';
import { type Batch, batchOf, type Fields, fieldsOf, int32, nextDocument, spells } from './fields.js';
import { readingOf } from './reading.js';

const DOT = 0x2e;

/** What only a reply has that tells of a failure. */
const isTrouble = (name: string): boolean =>
  name === 'writeConcernError' || name === 'code' || name === 'writeErrors';

/** A reply as one of the driver's classes, from the bytes of its document, which ends where its size says. */
export function responseOf<T extends Response>(bytes: Buffer, start: number, type: ResponseType<T>): T {
  const end = start + int32(bytes, start);
  const fields = fieldsOf(bytes, start, end);
  const Class = fields?.ok ? onDemand.get(type) : undefined;
  return Class ? (new Class(bytes, start, fields!) as Response as T) : type.make(bytes.subarray(start, end));
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
export function documentAt(bytes: Buffer, start: number): Document | undefined {
  return decode(bytes, start, start + int32(bytes, start), readingOf({}, true)!);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what TypeScript asks of a mixin
function readingOnDemand<C extends new (...args: any[]) => Response>(Base: C) {
  abstract class OnDemand extends Base {
    abstract readonly fields: Fields;
    /** By names: a private one would be another in each of the classes made here, which the engine is slow to add. */
    _elements: Response['elements'] | undefined = undefined;
    _cache: object | undefined = undefined;
    _indexFound: object | undefined = undefined;

    /** The driver finds them before anything else. */
    override get elements(): Response['elements'] {
      return (this._elements ??= parseToElementsToArray(this.bson, this.offset));
    }

    get cache(): object {
      return (this._cache ??= Object.create(null) as object);
    }

    get indexFound(): object {
      return (this._indexFound ??= Object.create(null) as object);
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
  constructor(
    bytes: Buffer,
    start: number,
    override readonly fields: Fields
  ) {
    super(bytes, start);
  }
}

class Found extends readingOnDemand(lean(CursorResponse)) {
  readonly #batch: Batch | undefined;
  /** Is kept from document to document. */
  #input: Input | undefined;
  /** Where the next document's element begins. */
  #next: number;

  constructor(
    private readonly bytes: Buffer,
    start: number,
    override readonly fields: Fields
  ) {
    super(bytes, start);
    this.#batch = fields.cursor ? batchOf(bytes, fields.cursor) : undefined;
    this.#next = this.#batch ? this.#batch.start + 4 : 0;
  }

  override get id(): Long {
    if (!this.#batch) return super.id;
    const { id } = this.#batch;
    return new Long(int32(this.bytes, id), int32(this.bytes, id + 4));
  }

  /** See {@link isOver}. */
  get isOver(): boolean {
    if (!this.#batch) return this.id.isZero();
    const { id } = this.#batch;
    return (int32(this.bytes, id) | int32(this.bytes, id + 4)) === 0;
  }

  /** See {@link namespaceIn}. Of names that are not ASCII the driver reads what they are. */
  names({ db, collection = '' }: Namespace): boolean {
    const at = (this.#batch?.ns ?? 0) + 4;
    const dot = at + db.length;
    const { bytes } = this;
    return (
      at > 4 &&
      int32(bytes, at - 4) === db.length + collection.length + 2 &&
      bytes[dot] === DOT &&
      spells(bytes, at, db) &&
      spells(bytes, dot + 1, collection)
    );
  }

  override get batchSize(): number {
    return this.#batch ? this.#batch.size : super.batchSize;
  }

  override shift(options: Document): Document | null {
    const { bytes } = this;
    const how = this.#reading(options);
    const start = how ? nextDocument(bytes, this.#next, this.#batch!.end - 1) : 0;
    if (start === 0) return super.shift(options); // there is none, or it is for the driver to say what it is
    this.#next = start + int32(bytes, start);
    const document = decodeFrom(this.#inputAs(how!).move(start, this.#next));
    if (!document) return super.shift(options);
    this.iterated++;
    return document;
  }

  #inputAs(how: Reading): Input {
    const input = this.#input;
    if (input?.how === how) return input;
    return (this.#input = new Input(this.bytes, 0, 0, how));
  }

  /** See {@link restOf}. */
  rest(options: Document): Document[] | undefined {
    const how = this.#reading(options);
    const documents = how && decodeBatch(this.bytes, this.#next, this.#batch!.end, how);
    if (documents) this.clear();
    return documents;
  }

  /** See {@link jsonOf}. */
  json(array: JsonArray, options: Document): Buffer | undefined {
    const how = this.#reading(options);
    if (!how) return undefined;
    const elements = { bytes: this.bytes, next: this.#next, end: this.#batch!.end - 1, written: 0 };
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

const onDemand = new Map<ResponseType, new (bytes: Buffer, start: number, fields: Fields) => Response>([
  [MongoDBResponse, Plain],
  [CursorResponse, Found]
]);

function whole(response: Response, options: BSONSerializeOptions): Document | undefined {
  const how = readingOf(options, options.enableUtf8Validation !== false);
  const { offset } = response;
  const bytes = response.bson as Buffer;
  return how && decode(bytes, offset, offset + int32(bytes, offset), how);
}
