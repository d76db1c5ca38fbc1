/*
 * The straight way from a document's bytes to JSON, for documents as most are. What is malformed or too deep ends it, and
 * the document is decoded and stringified instead: so this may refuse what decoding would take, and must not take what
 * it would refuse.
 */
import { decode, enter, leave, readKey } from '../decode.js';
import { deserialize } from '../deserialize.js';
import { type Input, OTHERWISE } from '../input.js';
import { writeExtended } from './extended.js';
import { Names, nameOf } from './names.js';
import type { JsonOutput } from './output.js';
import { writeCode } from './rare.js';
import { writeScalar } from './scalars.js';
import { stringify } from './stringify.js';
import { writeText } from './text.js';
import type { Key } from '../keys.js';
import type { Level } from '../levels.js';
import type { Document } from '../library.js';
import { utf8Slice } from '../text.js';

const COMMA = 0x2c;
const COLON = 0x3a;
const BRACE = 0x7b;
const END_OF_BRACE = 0x7d;
const BRACKET = 0x5b;
const END_OF_BRACKET = 0x5d;

/** Types. */
const DOCUMENT = 3;
const ARRAY = 4;
const UNDEFINED = 6;
const SCOPED_CODE = 15;

/** How often, on the average, a byte may be read again. */
const MOST_TWICE = 4;

/** @throws OTHERWISE, and what decoding and stringifying throw */
export function writeDocument(out: JsonOutput, input: Input, level: Level): void {
  const { bytes } = input;
  const { position: start } = input;
  const { position: begin } = out;
  const end = enter(input);
  out.reserve(0);
  out.byte(BRACE);
  let key = level.first;
  for (let type: number; (type = bytes[input.position++]!) !== 0;) {
    const at = input.position;
    const before = key;
    key = readKey(input, key);
    const name = key.known ? nameOf(key) : null;
    if (name === null) {
      input.position = at - 1;
      if (writeOthers(out, input, before)) break;
      countTwice(input, end - start);
      return writeDecoded(out, input, start, end, begin);
    }
    if (type === UNDEFINED && out.form === 'json') continue;
    out.reserve(name.text.size);
    out.literal(name.text);
    writeValue(out, input, type, key);
    out.byte(COMMA);
  }
  level.documents++;
  leave(input, end);
  out.close(begin + 1, END_OF_BRACE);
}

/** The rest of a document, whose keys are data. Whether it is one that is written in its order. */
function writeOthers(out: JsonOutput, input: Input, last: Key): boolean {
  const { bytes } = input;
  const names = new Names(last);
  for (let type: number; (type = bytes[input.position++]!) !== 0;) {
    const { position: start } = input;
    const end = input.endOfName(start);
    if (!names.add(utf8Slice(bytes, start, end))) return false;
    input.position = end + 1;
    if (type === UNDEFINED && out.form === 'json') continue;
    writeText(out, input, start, end);
    out.byte(COLON);
    writeValue(out, input, type, last.others);
    out.byte(COMMA);
  }
  return true;
}

/** A document is not decoded for many bytes within others, since those are read twice. */
function countTwice(input: Input, size: number): void {
  input.odd += size;
  if (input.odd > MOST_TWICE * input.limit) throw OTHERWISE;
  input.depth--;
}

/** Writes a document anew by decoding it. */
export function writeDecoded(out: JsonOutput, input: Input, start: number, end: number, begin: number): void {
  const document = decoded(input, start, end);
  out.position = begin;
  out.text(stringify(document, out.form)!);
  input.position = end;
}

function decoded(input: Input, start: number, end: number): Document {
  const { bytes, how, limit } = input;
  if (end > limit) throw OTHERWISE;
  const document = decode(input, start, end, how);
  if (document !== undefined) return document;
  const { validates, ...options } = how;
  return deserialize(bytes.subarray(start, end), { ...options, validation: { utf8: validates } });
}

function writeArray(out: JsonOutput, input: Input, key: Key): void {
  const { bytes } = input;
  const end = enter(input);
  out.byte(BRACKET);
  const { position: begin } = out;
  for (let type: number; (type = bytes[input.position++]!) !== 0;) {
    input.position = input.endOfName(input.position) + 1;
    out.reserve(0);
    writeValue(out, input, type, key);
    out.byte(COMMA);
  }
  leave(input, end);
  out.close(begin, END_OF_BRACKET);
}

function writeValue(out: JsonOutput, input: Input, type: number, key: Key): void {
  if (type === DOCUMENT) writeDocument(out, input, key.inside);
  else if (type === ARRAY) writeArray(out, input, key);
  else if (type === SCOPED_CODE) writeScopedCode(out, input, key);
  else if (out.form === 'json') writeScalar(out, input, type);
  else writeExtended(out, input, type);
}

function writeScopedCode(out: JsonOutput, input: Input, key: Key): void {
  const { odd } = input;
  const end = input.position + input.int32();
  writeCode(out, input);
  out.ascii(out.form === 'json' ? ',"scope":' : ',"$scope":');
  writeDocument(out, input, key.inside);
  if (input.position !== end || input.odd !== odd) throw OTHERWISE; // a scope that refers to a document is no reference
  out.byte(END_OF_BRACE);
}
