/* What few documents have. Of what is rarer still, the value is read and stringified. */
import { readRare } from '../decode-rare.js';
import type { Input } from '../input.js';
import { writeDecimal } from './decimals.js';
import { writeInteger } from './numbers.js';
import { type JsonOutput, Literal } from './output.js';
import { stringify } from './stringify.js';
import { writeString } from './text.js';

const END_OF_BRACE = 0x7d;

/** Types. */
const REGULAR_EXPRESSION = 11;
const CODE = 13;
const TIMESTAMP = 17;
const DECIMAL = 19;
const MAX_KEY = 127;
const MIN_KEY = 255;

const EMPTY = new Literal('{}');
const MAX = new Literal('{"$maxKey":1}');
const MIN = new Literal('{"$minKey":1}');
const JSON_CODE = new Literal('{"code":');
const EXTENDED_CODE = new Literal('{"$code":');

/** @throws OTHERWISE, and what reading and stringifying throw */
export function writeRare(out: JsonOutput, input: Input, type: number): void {
  switch (type) {
    case REGULAR_EXPRESSION:
      return writeRegExp(out, input);
    case CODE:
      writeCode(out, input);
      return out.byte(END_OF_BRACE);
    case TIMESTAMP:
      return writeTimestamp(out, input);
    case DECIMAL:
      return writeDecimal128(out, input);
    case MAX_KEY:
      return out.literal(out.form === 'json' ? EMPTY : MAX);
    case MIN_KEY:
      return out.literal(out.form === 'json' ? EMPTY : MIN);
    default:
      return writeStringified(out, input, type);
  }
}

function writeStringified(out: JsonOutput, input: Input, type: number): void {
  out.text(stringify(readRare(input, type), out.form)!);
}

/** An object of code, up to where it ends or a scope begins. */
export function writeCode(out: JsonOutput, input: Input): void {
  out.literal(out.form === 'json' ? JSON_CODE : EXTENDED_CODE);
  writeString(out, input);
}

/** JSON has nothing of one, but it is made: it may be none. */
function writeRegExp(out: JsonOutput, input: Input): void {
  if (out.form !== 'json' || input.how.bsonRegExp) return writeStringified(out, input, REGULAR_EXPRESSION);
  readRare(input, REGULAR_EXPRESSION);
  out.literal(EMPTY);
}

function writeTimestamp(out: JsonOutput, input: Input): void {
  const { position } = input;
  const i = input.int32() >>> 0;
  const t = input.int32() >>> 0;
  if (out.form === 'json') {
    out.ascii('{"$timestamp":"');
    out.ascii(String(input.view.getBigUint64(position, true)));
    return out.ascii('"}');
  }
  out.ascii('{"$timestamp":{"t":');
  writeInteger(out, t);
  out.ascii(',"i":');
  writeInteger(out, i);
  out.ascii('}}');
}

function writeDecimal128(out: JsonOutput, input: Input): void {
  const { position } = out;
  out.ascii('{"$numberDecimal":"');
  if (writeDecimal(out, input.view, input.position)) {
    input.position += 16;
    return out.ascii('"}');
  }
  out.position = position;
  writeStringified(out, input, DECIMAL);
}
