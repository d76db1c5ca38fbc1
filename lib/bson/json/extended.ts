/* Values that have no others within, as `EJSON.stringify` writes them, where that is not as JSON does. */
import type { Input } from '../input.js';
import { writeBase64, writeHex, writeId } from './bytes.js';
import { isTime, writeTime } from './dates.js';
import { writeDouble, writeInteger } from './numbers.js';
import { type JsonOutput, Literal } from './output.js';
import { writeRare } from './rare.js';
import { BINARY, subtypeOf, takeContent, writeScalar } from './scalars.js';
import { Binary } from '../library.js';

const QUOTE = 0x22;
const END_OF_BRACE = 0x7d;

const OID = new Literal('{"$oid":');
const DATE = new Literal('{"$date":');
const NUMBER_INT = new Literal('{"$numberInt":"');
const NUMBER_LONG = new Literal('{"$numberLong":"');
const NUMBER_DOUBLE = new Literal('{"$numberDouble":"');
const END_OF_TAGGED = new Literal('"}');
const BASE64 = new Literal('{"$binary":{"base64":');
const SUBTYPE = new Literal(',"subType":"');
const END_OF_BINARY = new Literal('"}}');

const TWO_63 = 2 ** 63;

const LAST_READABLE = Date.parse('9999-12-31T23:59:59.999Z');

/** @throws OTHERWISE, and what reading and stringifying throw */
export function writeExtended(out: JsonOutput, input: Input, type: number): void {
  switch (type) {
    case 1:
      return writeExtendedDouble(out, input.double());
    case 5:
      return writeExtendedBinary(out, input);
    case 7:
      out.literal(OID);
      writeId(out, input.bytes, (input.position += 12) - 12);
      return out.byte(END_OF_BRACE);
    case 9:
      return writeExtendedDate(out, input.int64());
    case 16:
      return writeExtendedInteger(out, input.int32());
    case 18:
      return writeExtendedLong(out, input);
    default:
      return writeScalar(out, input, type);
  }
}

/** An integer is written as one, as JavaScript makes no difference. */
function writeExtendedDouble(out: JsonOutput, value: number): void {
  if (out.form === 'relaxed' && Number.isFinite(value)) writeDouble(out, value);
  else if (!Number.isInteger(value) || Object.is(value, -0) || Math.abs(value) > TWO_63)
    writeTaggedDouble(out, value);
  else writeTaggedInteger(out, isInt32(value) ? NUMBER_INT : NUMBER_LONG, value);
}

function writeTaggedDouble(out: JsonOutput, value: number): void {
  out.literal(NUMBER_DOUBLE);
  if (!Number.isFinite(value)) out.ascii(String(value));
  else if (Object.is(value, -0)) out.ascii('-0.0');
  else writeDouble(out, value);
  out.literal(END_OF_TAGGED);
}

/** @param value - an integer that is not -0 */
function writeTaggedInteger(out: JsonOutput, tag: Literal, value: number): void {
  out.literal(tag);
  writeDouble(out, value);
  out.literal(END_OF_TAGGED);
}

function isInt32(value: number): boolean {
  return (value | 0) === value;
}

function writeExtendedInteger(out: JsonOutput, value: number): void {
  if (out.form === 'relaxed') writeInteger(out, value);
  else writeTaggedInteger(out, NUMBER_INT, value);
}

function writeExtendedLong(out: JsonOutput, input: Input): void {
  const { position } = input;
  const { promoteLongs, useBigInt64 } = input.how;
  const value = input.int64();
  if (out.form === 'relaxed') writeDouble(out, value);
  else if (promoteLongs && !useBigInt64 && isInt32(value)) writeTaggedInteger(out, NUMBER_INT, value);
  else if (Number.isSafeInteger(value)) writeTaggedInteger(out, NUMBER_LONG, value);
  else {
    out.literal(NUMBER_LONG);
    out.ascii(String(input.view.getBigInt64(position, true)));
    out.literal(END_OF_TAGGED);
  }
}

/** Dates from 1970 on, with a year of four digits, are written for people to read if that is asked for. */
function writeExtendedDate(out: JsonOutput, time: number): void {
  out.literal(DATE);
  if (out.form === 'relaxed' && time >= 0 && time <= LAST_READABLE) {
    out.byte(QUOTE);
    writeTime(out, time, true);
    out.byte(QUOTE);
  } else if (isTime(time)) writeTaggedInteger(out, NUMBER_LONG, time);
  else out.ascii('{"$numberLong":"NaN"}');
  out.byte(END_OF_BRACE);
}

function writeExtendedBinary(out: JsonOutput, input: Input): void {
  const subtype = subtypeOf(input);
  if (subtype === undefined || subtype === Binary.SUBTYPE_VECTOR) return writeRare(out, input, BINARY);
  out.literal(BASE64);
  writeBase64(out, takeContent(input));
  out.literal(SUBTYPE);
  writeHex(out, Uint8Array.of(subtype), 0, 1);
  out.literal(END_OF_BINARY);
}
