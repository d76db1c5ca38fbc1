/*
 * The fast way through a document that is as most documents are. What is malformed, and what is too deep for
 * recursion, ends it, and `bson` itself reads the document from its first byte: so the result, or the error, is always
 * bson's. This may refuse what bson would take, but must not take what bson would refuse.
 */
import { Code, DBRef, type Document, Long, ObjectId, theirs } from './library.js';
import { asReference, readRare } from './decode-rare.js';
import { Input, type Memory, OTHERWISE, type Reading } from './input.js';
import { Key, pathTo } from './keys.js';
import { type Level, Tree } from './levels.js';
import { utf8Slice } from './text.js';
import { maskFor } from './words.js';

/** Beyond this depth bson reads, which does so without recursion. */
const DEEP = 100;

const SMALLEST = 5;

/** How often, on the average, a byte may be read again by bson. */
const MOST_TWICE = 4;

/** What the engine makes room for when something is put into an empty array. A copy has no room to spare. */
const ROOM = 17;

const TWO_32 = 2 ** 32;
const MAX_HIGH = 2 ** 21;

const tree = new Tree();

/** Stands for a key that bson defines, as it would not be one otherwise. */
const ODD = new Key(tree.root, undefined);

/** bson reads an ObjectId in place, which its types do not say. */
const ObjectIdAt: new (bytes: Uint8Array, at: number) => ObjectId = ObjectId;

/** The document from one byte up to another; undefined when it is for bson to read, or refuse. */
export function decode(memory: Memory, start: number, end: number, how: Reading): Document | undefined {
  return decodeFrom(new Input(memory, start, end, how));
}

/** The document that an input consists of, as {@link decode} gives it. */
export function decodeFrom(input: Input): Document | undefined {
  try {
    const document = readDocument(input, tree.root);
    return input.position === input.limit ? document : undefined;
  } catch {
    return undefined;
  }
}

/** The documents of an array, from the byte after its size up to its end; undefined when they are for bson to read. */
export function decodeBatch(
  memory: Memory,
  start: number,
  end: number,
  how: Reading
): Document[] | undefined {
  const input = new Input(memory, start, end, how);
  const documents: Document[] = [];
  try {
    for (let type: number; (type = memory.bytes[input.position++]!) !== 0;) {
      if (type !== 3) return undefined;
      input.position = input.endOfName(input.position) + 1;
      documents.push(readDocument(input, tree.root));
    }
    return input.position === end ? documents : undefined;
  } catch {
    return undefined;
  }
}

function readDocument(input: Input, level: Level): Document {
  const { bytes } = input;
  const start = input.position;
  const end = enter(input);
  const { blank } = level;
  let document: Document = blank === undefined ? {} : blank.copy();
  let key = level.first;
  for (let type: number; (type = bytes[input.position++]!) !== 0;) {
    const at = input.position;
    const before = key;
    key = readKey(input, key);
    if (!key.known) {
      input.position = at - 1;
      return key === ODD
        ? readOdd(input, start, end)
        : readOthers(input, start, end, withKeys(document, before), key);
    }
    document[key.name] = readValue(input, type, key);
  }
  leave(input, end);
  if (blank === undefined) level.ended(key);
  else if (!level.fitted(key, blank)) document = withKeys(document, key);
  return level.mayRefer ? asReference(document) : document;
}

/** The rest of a document, whose keys are data. */
function readOthers(input: Input, start: number, end: number, document: Document, others: Key): Document {
  const { bytes } = input;
  const { level } = others;
  level.strayed();
  for (let type: number; (type = bytes[input.position++]!) !== 0;) {
    const at = input.position;
    if (readOtherKey(input, others) === ODD) return readOdd(input, start, end);
    const name = utf8Slice(bytes, at, input.position - 1);
    if (name === '$ref') level.mayRefer = true;
    document[name] = readValue(input, type, others);
  }
  leave(input, end);
  return level.mayRefer ? asReference(document) : document;
}

/** What of a document has been read, up to this key, when its blank has more or others. */
function withKeys(document: Document, last: Key): Document {
  const exact: Document = {};
  for (const { name } of pathTo(last)) exact[name] = document[name];
  return exact;
}

function readArray(input: Input, key: Key): unknown[] {
  const { bytes } = input;
  const end = enter(input);
  const array = emptyFor(bytes[input.position]!);
  for (let type: number; (type = bytes[input.position++]!) !== 0;) {
    input.position = input.endOfName(input.position) + 1;
    array.push(readValue(input, type, key));
  }
  leave(input, end);
  return array.length <= ROOM ? array.slice() : array;
}

/** The engine remembers of each place whether only numbers were put in; if so, an array takes a third of the memory. */
function emptyFor(type: number): unknown[] {
  if (type === 1) return [];
  return type === 16 ? [] : [];
}

/** Gives where the document at hand ends. */
export function enter(input: Input): number {
  const start = input.position;
  const size = input.int32();
  if (size < SMALLEST || start + size > input.limit || ++input.depth > DEEP) throw OTHERWISE;
  return start + size;
}

export function leave(input: Input, end: number): void {
  if (input.position !== end) throw OTHERWISE;
  input.depth--;
}

/** A document with a key that bson defines. Not for many bytes, since they are read twice. */
function readOdd(input: Input, start: number, end: number): Document {
  input.odd += end - start;
  if (input.odd > MOST_TWICE * input.limit) throw OTHERWISE;
  const { promoteLongs, promoteBuffers, useBigInt64, bsonRegExp, validates } = input.how;
  const options = { promoteLongs, promoteBuffers, useBigInt64, bsonRegExp, validation: { utf8: validates } };
  input.position = end;
  input.depth--;
  return theirs.deserialize(input.bytes.subarray(start, end), options);
}

/** After its type, which has been read. */
export function readKey(input: Input, before: Key): Key {
  const { next } = before;
  if (next === undefined) return readOtherKey(input, before);
  const { view } = input;
  const start = input.position - 1;
  if (start + next.reach > input.limit) return readOtherKey(input, before);
  const differs =
    ((view.getInt32(start, true) ^ next.first) & next.firstMask) |
    ((view.getInt32(start + 4, true) ^ next.second) & next.secondMask) |
    ((view.getInt32(start + 8, true) ^ next.third) & next.thirdMask);
  if (differs !== 0 || (next.reach > 12 && restDiffers(view, start, next)))
    return readOtherKey(input, before);
  input.position = start + next.size;
  return next;
}

function restDiffers(view: DataView, start: number, { words, size }: Key): boolean {
  const last = words.length - 1;
  let differs = (view.getInt32(start + 4 * last, true) ^ words[last]!) & maskFor(size - 4 * last);
  for (let i = 3; i < last; i++) differs |= view.getInt32(start + 4 * i, true) ^ words[i]!;
  return differs !== 0;
}

function readOtherKey(input: Input, before: Key): Key {
  const { bytes, position: start } = input;
  const end = input.endOfName(start);
  input.position = end + 1;
  if (end - start === 9 && utf8Slice(bytes, start, end) === '__proto__') return ODD;
  return before.withBytes(bytes, start, end);
}

function readValue(input: Input, type: number, key: Key): unknown {
  switch (type) {
    case 1:
      return input.double();
    case 2:
      return input.string(key);
    case 3:
      return readDocument(input, key.inside);
    case 4:
      return readArray(input, key);
    case 7:
      return new ObjectIdAt(input.bytes, (input.position += 12) - 12);
    case 8:
      return input.boolean();
    case 9:
      return new Date(input.int64());
    case 10:
      return null;
    case 15:
      return readScopedCode(input, key);
    case 16:
      return input.int32();
    case 18:
      return readLong(input);
    default:
      return readRare(input, type);
  }
}

function readLong(input: Input): number | bigint | Long {
  const start = input.position;
  const low = input.int32();
  const high = input.int32();
  if (input.how.useBigInt64) return input.view.getBigInt64(start, true);
  if (!input.how.promoteLongs) return new Long(low, high);
  const exact = (high >= -MAX_HIGH && high < MAX_HIGH) || (high === MAX_HIGH && low === 0);
  return exact ? high * TWO_32 + (low >>> 0) : new Long(low, high);
}

function readScopedCode(input: Input, key: Key): Code {
  const start = input.position;
  const size = input.int32();
  const code = input.string();
  const scope = readDocument(input, key.inside);
  // a scope that refers to a document is no reference
  if (input.position !== start + size || scope instanceof DBRef) throw OTHERWISE;
  return new Code(code, scope);
}
