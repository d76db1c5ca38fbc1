/* Values that have no others within, as `JSON.stringify` writes them. There is room for those of fixed size. */
import { type Input, OTHERWISE } from '../input.js';
import { writeBase64, writeId, writeUuid } from './bytes.js';
import { isTime, writeTime } from './dates.js';
import { isExact, writeDouble, writeInteger } from './numbers.js';
import type { JsonOutput } from './output.js';
import { writeRare } from './rare.js';
import { writeString } from './text.js';
import { Binary } from '../library.js';

/** A type. */
export const BINARY = 5;

const QUOTE = 0x22;

/** Four characters at once. */
const TRUE = 0x65757274;
const FALS = 0x736c6166;
const E = 0x65;
const NULL = 0x6c6c756e;

const UUID_SIZE = 16;
const TWO_32 = 2 ** 32;

/** @throws OTHERWISE, and what reading and stringifying throw */
export function writeScalar(out: JsonOutput, input: Input, type: number): void {
  switch (type) {
    case 1:
      return writeDouble(out, input.double());
    case 2:
    case 14:
      return writeString(out, input);
    case 5:
      return writeBinary(out, input);
    case 6:
    case 10:
      return out.word(NULL);
    case 7:
      return writeId(out, input.bytes, (input.position += 12) - 12);
    case 8:
      return writeBoolean(out, input.boolean());
    case 9:
      return writeDate(out, input.int64());
    case 16:
      return writeInteger(out, input.int32());
    case 18:
      return writeLong(out, input);
    default:
      return writeRare(out, input, type);
  }
}

function writeBoolean(out: JsonOutput, value: boolean): void {
  out.word(value ? TRUE : FALS);
  if (!value) out.byte(E);
}

function writeDate(out: JsonOutput, time: number): void {
  if (!isTime(time)) return out.word(NULL);
  out.byte(QUOTE);
  writeTime(out, time);
  out.byte(QUOTE);
}

function writeLong(out: JsonOutput, input: Input): void {
  if (input.how.useBigInt64) throw OTHERWISE; // JSON has no such type, but somebody may have given it a toJSON
  const low = input.int32();
  const high = input.int32();
  if (input.how.promoteLongs && isExact(low, high)) writeInteger(out, high * TWO_32 + (low >>> 0));
  else writeLongObject(out, low, high);
}

/** Of what JavaScript has no number for, JSON has the object. */
function writeLongObject(out: JsonOutput, low: number, high: number): void {
  out.ascii('{"high":');
  writeInteger(out, high);
  out.ascii(',"low":');
  writeInteger(out, low);
  out.ascii(',"unsigned":false}');
}

function writeBinary(out: JsonOutput, input: Input): void {
  const subtype = subtypeOf(input);
  if (subtype === undefined) return writeRare(out, input, BINARY);
  const content = takeContent(input);
  if (subtype === Binary.SUBTYPE_UUID && content.length === UUID_SIZE) writeUuid(out, content);
  else writeBase64(out, content);
}

/** Of a binary value; undefined when it is a rare one. */
export function subtypeOf({ bytes, position, how }: Input): number | undefined {
  const subtype = bytes[position + 4];
  return how.promoteBuffers || subtype === Binary.SUBTYPE_BYTE_ARRAY ? undefined : subtype;
}

/** The bytes of a binary value. */
export function takeContent(input: Input): Buffer {
  const size = input.int32();
  input.position++;
  return input.take(size);
}
