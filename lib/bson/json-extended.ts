/* Values that have no others within, as `EJSON.stringify` writes them, where that is not as JSON does. */
import type { Input } from './input.js';
import { writeBase64, writeHex, writeId } from './json-bytes.js';
import { isTime, writeTime } from './json-dates.js';
import { writeDouble, writeInteger } from './json-numbers.js';
import type { JsonOutput } from './json-output.js';
import { BINARY, subtypeOf, takeContent, writeRare, writeScalar } from './json-scalars.js';
import { Binary } from './library.js';

const QUOTE = 0x22;
const END_OF_BRACE = 0x7d;

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
      out.ascii('{"$oid":');
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
  if (out.form === 'relaxed' && Number.isFinite(value)) return writeDouble(out, value);
  if (!Number.isInteger(value) || Object.is(value, -0) || Math.abs(value) > TWO_63) {
    return writeTagged(out, '$numberDouble', Object.is(value, -0) ? '-0.0' : String(value));
  }
  writeTagged(out, isInt32(value) ? '$numberInt' : '$numberLong', String(value));
}

function isInt32(value: number): boolean {
  return (value | 0) === value;
}

function writeExtendedInteger(out: JsonOutput, value: number): void {
  if (out.form === 'relaxed') writeInteger(out, value);
  else writeTagged(out, '$numberInt', String(value));
}

function writeExtendedLong(out: JsonOutput, input: Input): void {
  const { position } = input;
  const { promoteLongs, useBigInt64 } = input.how;
  const value = input.int64();
  if (out.form === 'relaxed') writeDouble(out, value);
  else if (promoteLongs && !useBigInt64 && isInt32(value)) writeTagged(out, '$numberInt', String(value));
  else writeTagged(out, '$numberLong', String(input.view.getBigInt64(position, true)));
}

/** Dates from 1970 on, with a year of four digits, are written for people to read if that is asked for. */
function writeExtendedDate(out: JsonOutput, time: number): void {
  out.ascii('{"$date":');
  if (out.form === 'relaxed' && time >= 0 && time <= LAST_READABLE) {
    out.byte(QUOTE);
    writeTime(out, time, true);
    out.byte(QUOTE);
  } else writeTagged(out, '$numberLong', isTime(time) ? String(time) : 'NaN');
  out.byte(END_OF_BRACE);
}

function writeExtendedBinary(out: JsonOutput, input: Input): void {
  const subtype = subtypeOf(input);
  if (subtype === undefined || subtype === Binary.SUBTYPE_VECTOR) return writeRare(out, input, BINARY);
  out.ascii('{"$binary":{"base64":');
  writeBase64(out, takeContent(input));
  out.ascii(',"subType":');
  out.byte(QUOTE);
  writeHex(out, Uint8Array.of(subtype), 0, 1);
  out.ascii('"}}');
}

function writeTagged(out: JsonOutput, tag: string, text: string): void {
  out.ascii('{"');
  out.ascii(tag);
  out.ascii('":"');
  out.ascii(text);
  out.ascii('"}');
}
