/* The fields that are looked at in every reply, found in one walk along its bytes, without decoding anything. */

/** Where each begins, in bytes from the start of the buffer: its value. 0: the reply has none. */
export interface Fields {
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

/**
 * Finds them in the document from `start` up to `end`.
 *
 * @returns undefined when something in it is malformed, or of a type that no reply has at its top: the driver's own way
 * of reading it decides what that is
 */
export function fieldsOf(bytes: Buffer, start: number, end: number): Fields | undefined {
  let ok = false;
  let cursor = 0;
  let clusterTime = 0;
  let trouble = false;
  const last = end - 1;
  let at = start + 4;
  while (at < last) {
    const type = bytes[at]!;
    const name = at + 1;
    const value = endOfName(bytes, name, last) + 1;
    const next = value + sizeOf(bytes, type, value);
    if (!(next <= last)) return undefined;
    const length = value - name - 1;
    if (length === 2) {
      if (bytes[name] === 0x6f && bytes[name + 1] === 0x6b) ok = isAnything(bytes, value, next);
    } else if (length === 6) {
      if (type === DOCUMENT && spells(bytes, name, 'cursor')) cursor = value;
    } else if (length === 12) {
      if (spells(bytes, name, '$clusterTime')) clusterTime = value;
    } else if (length === 4) trouble ||= spells(bytes, name, 'code');
    else if (length === 11) trouble ||= spells(bytes, name, 'writeErrors');
    else if (length === 17) trouble ||= spells(bytes, name, 'writeConcernError');
    at = next;
  }
  return at === last && bytes[last] === 0 ? { ok, cursor, clusterTime, trouble } : undefined;
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
export function batchOf(bytes: Buffer, cursor: number): Batch | undefined {
  let start = 0;
  let id = 0;
  let ns = 0;
  const last = cursor + int32(bytes, cursor) - 1;
  let at = cursor + 4;
  while (at < last) {
    const type = bytes[at]!;
    const name = at + 1;
    const value = endOfName(bytes, name, last) + 1;
    const next = value + sizeOf(bytes, type, value);
    if (!(next <= last)) return undefined;
    const length = value - name - 1;
    if (type === LONG && length === 2 && spells(bytes, name, 'id')) id = value;
    else if (type === STRING && length === 2 && spells(bytes, name, 'ns')) ns = value;
    else if (type === ARRAY && spells(bytes, name, length === 10 ? 'firstBatch\0' : 'nextBatch\0'))
      start = value;
    at = next;
  }
  if (at !== last || bytes[at] !== 0 || !start || !id) return undefined;
  const end = start + int32(bytes, start);
  const size = sizeOfBatch(bytes, start, end);
  return size === undefined ? undefined : { start, end, size, id, ns };
}

/** How many documents there are; undefined when there is anything else in the array. */
function sizeOfBatch(bytes: Buffer, start: number, end: number): number | undefined {
  let size = 0;
  let at = start + 4;
  for (; at < end - 1; size++) {
    const document = nextDocument(bytes, at, end - 1);
    if (document === 0) return undefined;
    at = document + int32(bytes, document);
  }
  return at === end - 1 && bytes[at] === 0 ? size : undefined;
}

/** Where the value begins of the element at hand, if that is a document that ends where it can; otherwise 0. */
export function nextDocument(bytes: Buffer, at: number, end: number): number {
  if (bytes[at] !== DOCUMENT) return 0;
  const value = endOfName(bytes, at + 1, end) + 1;
  const size = int32(bytes, value);
  return size >= 5 && value + size <= end && bytes[value + size - 1] === 0 ? value : 0;
}

/** Where its zero byte is; `end` when there is none before that. */
function endOfName(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== 0) at++;
  return at;
}

/** How many bytes a value takes; NaN of a type that is not expected here. */
function sizeOf(bytes: Buffer, type: number, at: number): number {
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
      return int32(bytes, at) >= 5 ? int32(bytes, at) : NaN;
    case STRING:
      return int32(bytes, at) >= 1 ? int32(bytes, at) + 4 : NaN;
    case BINARY:
      return int32(bytes, at) >= 0 ? int32(bytes, at) + 5 : NaN;
    default:
      return NaN;
  }
}

export function int32(b: Buffer, at: number): number {
  return b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24);
}

export function spells(bytes: Buffer, at: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name.charCodeAt(i)) return false;
  return true;
}

function isAnything(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return true;
  return false;
}
