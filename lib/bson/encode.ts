/*
 * The fast way to write documents as they mostly are: objects and arrays of plain values, dates and bson's own
 * classes. A value of any other kind, or too deep for recursion, `bson` writes into its place: so the bytes, or the
 * error, are always bson's.
 */
import { BSONError, Code, DBRef, type Document, Tagged } from './library.js';
import { writeByBson } from './by-bson.js';
import { writeBuiltIn, writeDate } from './encode-built-in.js';
import { writeTagged } from './encode-tagged.js';
import { Key } from './keys.js';
import { type Level, Tree } from './levels.js';
import type { Output } from './output.js';
import {
  type Value,
  isBare,
  isMapOfNames,
  isNoMoreThanArray,
  isNoMoreThanDate,
  isOrdinary,
  isPlain
} from './values.js';

/** Beyond this depth bson writes, which does so without recursion and finds out circles. */
const DEEP = 100;

/** With more keys, the engine makes dictionaries of objects, which have no hidden class. */
const FEW = 120;

const { hasOwnProperty: hasOwn } = Object.prototype;

const tree = new Tree();
const indices: Key[] = [];
const MOST_INDICES = 1000;
const laterIndices = indexKey('');

/**
 * Writes a document at the output's position.
 *
 * @param document - one that is `isPlain`
 * @param ordinary - whether it is `isOrdinary`, too
 * @throws TOO_LARGE
 */
export function encode(out: Output, document: Document, ordinary: boolean): void {
  out.start = out.position;
  out.depth = 0;
  if (ordinary) writeDocument(out, document, tree.root, true);
  else writeFrame(out, document, tree.root);
  out.checkSize();
}

/** A document that may say itself what is to be written in its place. */
function writeFrame(out: Output, source: Document, level: Level): void {
  if (typeof source['toBSON'] !== 'function') return writeDocument(out, source, level);
  const document: unknown = source['toBSON']();
  if (document != null && typeof document !== 'object') {
    throw new BSONError('toBSON function did not return an object');
  }
  const start = out.enter();
  writeMany(out, document as Document, level); // which refuses null
  out.leave(start);
}

function writeDocument(out: Output, document: Document, level: Level, bare = isBare(document)): void {
  const start = out.enter();
  if (!level.few || !bare || !writeFew(out, document, level)) {
    out.position = start + 4;
    writeMany(out, document, level);
  }
  level.documents++;
  out.leave(start);
}

/**
 * The engine is fastest at this loop, as long as it only sees objects that have a hidden class. Gives whether all keys are
 * the document's own: those that all objects inherit come last, so that one question is enough.
 */
function writeFew(out: Output, document: Document, level: Level): boolean {
  let key = level.first;
  let last: string | undefined;
  for (const name in document) {
    last = name;
    const value: unknown = document[name];
    const { next } = key;
    key = next !== undefined && next.name === name ? next : key.withName(name);
    writeElement(out, key, name, value);
  }
  return (level.own = last === undefined || hasOwn.call(document, last));
}

function writeMany(out: Output, document: Document, level: Level): void {
  const names = Object.keys(document);
  let key = level.first;
  for (const name of names) {
    const value: unknown = document[name];
    const { next } = key;
    key = next !== undefined && next.name === name ? next : key.withName(name);
    writeElement(out, key, name, value);
  }
  level.few = level.own && names.length <= FEW;
}

function writeMap(out: Output, map: ReadonlyMap<string, unknown>, level: Level): void {
  const start = out.enter();
  let key = level.first;
  for (const [name, value] of map.entries()) {
    key = key.withName(name);
    writeElement(out, key, name, value);
  }
  level.documents++;
  out.leave(start);
}

function writeElement(out: Output, key: Key, name: string, value: unknown): void {
  if (!key.known && name.includes('\0')) writeByBson(out, name, value);
  else writeValue(out, key, name, value, key);
}

function indexKey(name: string): Key {
  return new Key(tree.root, undefined, name, Buffer.from(name));
}

function writeElements(out: Output, key: Key, name: string, array: readonly unknown[], shape: Key): void {
  out.element(4, key, name);
  const start = out.enter();
  for (let i = 0; i < array.length; i++) {
    const index = i < MOST_INDICES ? (indices[i] ??= indexKey(String(i))) : laterIndices;
    writeValue(out, index, index.known ? index.name : String(i), array[i], shape);
  }
  out.leave(start);
}

/** @param shape - the key that documents in this value belong to: that of the array when the value is in one */
function writeValue(out: Output, key: Key, name: string, value: unknown, shape: Key): void {
  const type = typeOf(value);
  if (type === 0) return writeOther(out, key, name, value, shape);
  out.element(type, key, name);
  if (type === 2) out.string(value as string);
  else if (type === 16) out.int32(value as number);
  else if (type === 1) out.double(value as number);
  else if (type === 8) out.byte(value === true ? 1 : 0);
}

/** 0 when it is not one of the simple types. */
function typeOf(value: unknown): number {
  if (typeof value === 'string') return 2;
  if (typeof value === 'number') return (value | 0) === value && !Object.is(value, -0) ? 16 : 1;
  if (value === null) return 10;
  return typeof value === 'boolean' ? 8 : 0;
}

function writeOther(out: Output, key: Key, name: string, value: unknown, shape: Key): void {
  if (typeof value === 'object') writeObject(out, key, name, value as Value, shape);
  else writeRare(out, key, name, value, shape);
}

function writeRare(out: Output, key: Key, name: string, value: unknown, shape: Key): void {
  if (value === undefined) {
    if (!out.ignoreUndefined || shape !== key) out.element(10, key, name);
  } else if (typeof value === 'bigint') {
    out.element(18, key, name);
    out.bigInt64(value);
  } else if (typeof value === 'function') {
    if ('toBSON' in value && typeof value.toBSON === 'function') {
      writeValue(out, key, name, value.toBSON(), shape);
    } else if (out.serializeFunctions) {
      writeByBson(out, name, value);
    }
  }
}

/** First come the kinds that can be told apart fast: each is asked for what it might be besides in a place of its own. */
function writeObject(out: Output, key: Key, name: string, value: Value, shape: Key): void {
  if (Array.isArray(value)) {
    if (isNoMoreThanArray(value) && out.depth < DEEP) return writeElements(out, key, name, value, shape);
  } else if (value instanceof Date) {
    if (isNoMoreThanDate(value)) return writeDate(out, key, name, value);
  } else if (value instanceof Tagged && typeof (value as Value).toBSON !== 'function') {
    return writeAsIs(out, key, name, value, shape);
  }
  if (isOrdinary(value) && out.depth < DEEP) {
    out.element(3, key, name);
    return writeDocument(out, value, shape.inside, true);
  }
  if (typeof value.toBSON !== 'function') return writeAsIs(out, key, name, value, shape);
  const made: unknown = value.toBSON();
  if (typeof made === 'object' && made !== null) writeAsIs(out, key, name, made, shape, true);
  else writeValue(out, key, name, made, shape);
}

/** @param isMade - by `toBSON`: a document that is may have such a method as well */
function writeAsIs(out: Output, key: Key, name: string, value: Value, shape: Key, isMade = false): void {
  const tag = value._bsontype;
  if (tag != null) {
    if (!writeTagged(out, key, name, value, tag) && !writeHolder(out, key, name, value, tag, shape))
      writeByBson(out, name, value);
  } else if (out.depth >= DEEP) {
    writeByBson(out, name, value);
  } else if (Array.isArray(value)) {
    writeElements(out, key, name, value, shape);
  } else if (isPlain(value)) {
    out.element(3, key, name);
    if (isMade) writeFrame(out, value, shape.inside);
    else writeDocument(out, value, shape.inside);
  } else if (isMapOfNames(value)) {
    out.element(3, key, name);
    writeMap(out, value, shape.inside);
  } else {
    writeBuiltIn(out, key, name, value);
  }
}

/** Whether it was one of bson's classes that hold a document. */
function writeHolder(out: Output, key: Key, name: string, value: Value, tag: unknown, shape: Key): boolean {
  if (out.depth >= DEEP) return false;
  if (value instanceof Code) return tag === 'Code' && writeScopedCode(out, key, name, value);
  return value instanceof DBRef && tag === 'DBRef' && writeReference(out, key, name, value, shape);
}

/** Whether it is a plain document. Undefined values are left out in it, whatever the options. */
function writeReference(out: Output, key: Key, name: string, value: DBRef, shape: Key): boolean {
  const { collection: $ref, oid: $id, db: $db, fields } = value;
  const document: Document = Object.assign({ $ref, $id }, $db != null && { $db }, fields);
  if (!isPlain(document)) return false;
  const { ignoreUndefined } = out;
  out.element(3, key, name);
  out.ignoreUndefined = true;
  writeFrame(out, document, shape.inside);
  out.ignoreUndefined = ignoreUndefined;
  return true;
}

/** Whether its scope is a plain document. */
function writeScopedCode(out: Output, key: Key, name: string, { code, scope }: Code): boolean {
  if (typeof code !== 'string' || !isScope(scope)) return false;
  out.element(15, key, name);
  const start = out.position;
  out.position += 4;
  out.string(code);
  writeFrame(out, scope, key.inside);
  out.sizeAt(start);
  return true;
}

function isScope(scope: Document | null): scope is Document {
  return typeof scope === 'object' && scope !== null && !Array.isArray(scope) && isPlain(scope);
}
