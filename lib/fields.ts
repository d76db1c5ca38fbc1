/* The fields that are looked at in every reply, found in one walk along its bytes, without decoding anything. */
import type { Memory } from './bson/index.js';

/** Where each begins in this memory: its value. 0: the reply has none. */
export interface Fields {
  readonly memory: Memory;
  /** Where the reply's document is. */
  readonly start: number;
  readonly end: number;
  /** Whether "ok" is anything but zero, of whatever numeric type. */
  readonly ok: boolean;
  /** A cursor's document. */
  readonly cursor: number;
  readonly clusterTime: number;
  /** Whether there is anything that tells of a write that went wrong: code, writeErrors, writeConcernError. */
  readonly trouble: boolean;
}

const DOUBLE = 1;
const STRING = 2;
const DOCUMENT = 3;
const ARRAY = 4;
const BINARY = 5;
const OBJECT_ID = 7;
const BOOLEAN = 8;
const DATE = 9;
const NULL = 10;
const INT32 = 16;
const TIMESTAMP = 17;
const LONG = 18;

const { clz32 } = Math;

/** A name of at least four characters, in groups of four as a view reads them; the last two may overlap. */
export class Name {
  readonly #offsets: readonly number[];
  readonly #words: readonly number[];

  constructor(text: string) {
    const bytes = Buffer.from(text);
    const last = text.length - 4;
    this.#offsets = Array.from({ length: Math.ceil(text.length / 4) }, (_, i) => Math.min(4 * i, last));
    this.#words = this.#offsets.map(offset => bytes.readInt32LE(offset));
  }

  /** Whether what is there, and is as long, is this name. */
  isAt(view: DataView, at: number): boolean {
    for (let i = 0; i < this.#words.length; i++)
      if (view.getInt32(at + this.#offsets[i]!, true) !== this.#words[i]) return false;
    return true;
  }
}

const CURSOR = new Name('cursor');
const CLUSTER_TIME = new Name('$clusterTime');
const CODE = new Name('code');
const WRITE_ERRORS = new Name('writeErrors');
const WRITE_CONCERN_ERROR = new Name('writeConcernError');
const FIRST_BATCH = new Name('firstBatch');
const NEXT_BATCH = new Name('nextBatch');

/** Names of two characters. */
const [OK, ID, NS] = ['ok', 'id', 'ns'].map(text => Buffer.from(text).readUInt16LE());

/**
 * Finds them in the document from `start` up to `end`, which are in the memory.
 *
 * @returns undefined when something in it is malformed, or of a type that no reply has at its top: the driver's own way
 * of reading it decides what that is
 */
export function fieldsOf(memory: Memory, start: number, end: number): Fields | undefined {
  const { view } = memory;
  let ok = false;
  let cursor = 0;
  let clusterTime = 0;
  let trouble = false;
  const last = end - 1;
  let at = start + 4;
  while (at < last) {
    const type = view.getUint8(at);
    const name = at + 1;
    const value = endOfName(view, name, last) + 1;
    const next = value + sizeOf(view, type, value, last);
    if (!(next <= last)) return undefined;
    const length = value - name - 1;
    if (length === 2) {
      if (view.getUint16(name, true) === OK) ok = isAnything(view, value, next);
    } else if (length === 6) {
      if (type === DOCUMENT && CURSOR.isAt(view, name)) cursor = value;
    } else if (length === 12) {
      if (CLUSTER_TIME.isAt(view, name)) {
        if (type !== DOCUMENT) return undefined;
        clusterTime = value;
      }
    } else if (length === 4) trouble ||= CODE.isAt(view, name);
    else if (length === 11) trouble ||= WRITE_ERRORS.isAt(view, name);
    else if (length === 17) trouble ||= WRITE_CONCERN_ERROR.isAt(view, name);
    at = next;
  }
  if (at !== last || view.getUint8(last) !== 0) return undefined;
  return { memory, start, end, ok, cursor, clusterTime, trouble };
}

/** Where a cursor's fields are, as in {@link Fields}. */
export interface Batch {
  /** The documents' array, and where it ends. */
  readonly start: number;
  readonly end: number;
  /** How many documents are in it. */
  readonly size: number;
  readonly id: number;
  /** 0: the reply does not say of which collection it is. */
  readonly ns: number;
}

/** Finds them in a cursor's document; undefined when it is not as it has to be. */
export function batchOf({ view }: Memory, cursor: number): Batch | undefined {
  let start = 0;
  let id = 0;
  let ns = 0;
  const last = cursor + view.getInt32(cursor, true) - 1;
  let at = cursor + 4;
  while (at < last) {
    const type = view.getUint8(at);
    const name = at + 1;
    const value = endOfName(view, name, last) + 1;
    const next = value + sizeOf(view, type, value, last);
    if (!(next <= last)) return undefined;
    const length = value - name - 1;
    if (length === 2) {
      const text = view.getUint16(name, true);
      if (type === LONG && text === ID) id = value;
      else if (type === STRING && text === NS) ns = value;
    } else if (type === ARRAY) {
      if (length === 10 ? FIRST_BATCH.isAt(view, name) : length === 9 && NEXT_BATCH.isAt(view, name))
        start = value;
    }
    at = next;
  }
  if (at !== last || view.getUint8(at) !== 0 || !start || !id) return undefined;
  const end = start + view.getInt32(start, true);
  const size = sizeOfBatch(view, start, end);
  return size === undefined ? undefined : { start, end, size, id, ns };
}

/** How many documents there are; undefined when there is anything else in the array. */
function sizeOfBatch(view: DataView, start: number, end: number): number | undefined {
  let size = 0;
  let at = start + 4;
  for (; at < end - 1; size++) {
    const document = nextDocument(view, at, end - 1);
    if (document === 0) return undefined;
    at = document + view.getInt32(document, true);
  }
  return at === end - 1 && view.getUint8(at) === 0 ? size : undefined;
}

/** Where the value begins of the element at hand, if that is a document that ends where it can; otherwise 0. */
export function nextDocument(view: DataView, at: number, end: number): number {
  if (at >= end || view.getUint8(at) !== DOCUMENT) return 0;
  const value = endOfName(view, at + 1, end) + 1;
  const size = int32(view, value, end);
  return size >= 5 && value + size <= end && view.getUint8(value + size - 1) === 0 ? value : 0;
}

/** Where its zero byte is; `end` when there is none before that. */
function endOfName(view: DataView, start: number, end: number): number {
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = view.getInt32(at, true);
    const zeros = (word - 0x01010101) & ~word & 0x80808080; // the lowest bit that is set is in the first zero byte
    if (zeros !== 0) return at + ((31 - clz32(zeros & -zeros)) >> 3);
  }
  while (at < end && view.getUint8(at) !== 0) at++;
  return at;
}

/** How many bytes a value takes, whose bytes end at `end` at the latest; NaN of a type that is not expected here. */
function sizeOf(view: DataView, type: number, at: number, end: number): number {
  switch (type) {
    case DOUBLE:
    case DATE:
    case TIMESTAMP:
    case LONG:
      return 8;
    case INT32:
      return 4;
    case BOOLEAN:
      return 1;
    case OBJECT_ID:
      return 12;
    case NULL:
      return 0;
    case DOCUMENT:
    case ARRAY:
      return sizeAt(view, at, end, 5, 0);
    case STRING:
      return sizeAt(view, at, end, 1, 4);
    case BINARY:
      return sizeAt(view, at, end, 0, 5);
    default:
      return NaN;
  }
}

/** The size that a value begins with, and what it takes besides. */
function sizeAt(view: DataView, at: number, end: number, least: number, more: number): number {
  const size = int32(view, at, end);
  return size >= least ? size + more : NaN;
}

/** -1: there are no four bytes before the end. */
function int32(view: DataView, at: number, end: number): number {
  return at + 4 <= end ? view.getInt32(at, true) : -1;
}

function isAnything(view: DataView, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (view.getUint8(at) !== 0) return true;
  return false;
}
