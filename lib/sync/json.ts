/* The documents of a cursor as JSON, in sync style. */
import { MongoInvalidArgumentError } from 'mongodb';
import { isStringifiedOtherwise, JsonArray, type JsonForm } from '../bson/index.js';
import type { SyncStyle } from '../coroutine.js';
import { cursorOf } from '../driver.js';
import { jsonOf } from '../response.js';
import { type Cursor, hasNext, nextBatch } from './cursor.js';
import { cleanup } from './free-cursor.js';

/** How documents become JSON. */
export interface JsonOptions {
  /**
   * Write Extended JSON, as `EJSON.stringify` does: `'relaxed'`, where numbers and the dates of our times stay readable,
   * or `'canonical'`. Default: false, which is what `JSON.stringify` gives.
   */
  ejson?: 'relaxed' | 'canonical' | false;
  /**
   * Write each document as a line of its own, with no brackets and commas: JSON Lines, also known as NDJSON. Default:
   * false, which is one array.
   */
  lines?: boolean;
}

/** All documents that are left, as a JSON array or as lines: what would be stringified of `toArray`. */
export function* jsonBuffer(this: Cursor, options?: JsonOptions): SyncStyle<Buffer> {
  const text = new JsonText(options);
  const pieces: Buffer[] = [];
  for (let piece; (piece = yield* nextPiece.call(this, text)) !== undefined;) pieces.push(piece);
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

/** The text that a cursor's documents become. */
export class JsonText {
  readonly array: JsonArray;
  /** Whether documents may be written from their bytes. */
  readonly direct = !isStringifiedOtherwise();
  ended = false;

  /** @throws MongoInvalidArgumentError */
  constructor(options?: JsonOptions) {
    this.array = arrayOf(options);
  }
}

function arrayOf(options: JsonOptions = {}): JsonArray {
  if (typeof options !== 'object' || options === null) {
    throw new MongoInvalidArgumentError('Argument "options" must be an object');
  }
  const { ejson = false, lines = false } = options;
  if (typeof lines !== 'boolean') throw new MongoInvalidArgumentError('Option "lines" must be a boolean');
  return new JsonArray(formOf(ejson), lines);
}

function formOf(ejson: unknown): JsonForm {
  if (ejson === false) return 'json';
  if (ejson === 'relaxed' || ejson === 'canonical') return ejson;
  throw new MongoInvalidArgumentError('Option "ejson" must be "relaxed", "canonical" or false');
}

/** The next piece of the text; undefined after its end, when the cursor is closed. */
export function* nextPiece(this: Cursor, text: JsonText): SyncStyle<Buffer | undefined> {
  if (text.ended) return undefined;
  try {
    const piece = (yield* written(this, text)) ?? (yield* stringified(this, text));
    if (piece) return piece;
  } catch (error) {
    if (!cursorOf(this).isClosed) yield* cleanup(this);
    throw error;
  }
  text.ended = true;
  return text.array.end();
}

/** Documents at hand, or of the next batch that has any; undefined when they are to be decoded, and at the end. */
function* written(cursor: Cursor, { array, direct }: JsonText): SyncStyle<Buffer | undefined> {
  const state = cursorOf(cursor);
  if (!direct || state.transform || !(yield* hasNext.call(cursor))) return undefined;
  return jsonOf(state.documents!, array, state.deserializationOptions);
}

function* stringified(cursor: Cursor, { array }: JsonText): SyncStyle<Buffer | undefined> {
  const values = yield* nextBatch.call<Cursor, [], SyncStyle<unknown[]>>(cursor);
  return values.length > 0 ? array.stringified(values) : undefined;
}
