/* bson's own classes, which say by a tag what they are. Those of another copy of bson are left to bson. */
import {
  BSONRegExp,
  BSONSymbol,
  Binary,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp
} from './library.js';
import type { Key } from './keys.js';
import type { Output } from './output.js';
import type { Value } from './values.js';

/** bson writes an ObjectId in place, which its types do not say. */
interface InPlace {
  serializeInto(bytes: Uint8Array, at: number): number;
}

/** Whether it was one that is written here. */
export function writeTagged(out: Output, key: Key, name: string, value: Value, tag: unknown): boolean {
  switch (tag) {
    case 'ObjectId':
      return value instanceof ObjectId && writeObjectId(out, key, name, value as ObjectId & InPlace);
    case 'Long':
      return value instanceof Long && writeLong(out, 18, key, name, value);
    case 'Timestamp':
      return value instanceof Timestamp && writeLong(out, 17, key, name, value);
    case 'Double':
      return value instanceof Double && writeDouble(out, key, name, value);
    case 'Int32':
      return value instanceof Int32 && writeInt32(out, key, name, value);
    case 'Decimal128':
      return value instanceof Decimal128 && writeDecimal(out, key, name, value);
    case 'Binary':
      return value instanceof Binary && writeBinary(out, key, name, value);
    case 'Code':
      return value instanceof Code && writeCode(out, key, name, value);
    case 'BSONRegExp':
      return value instanceof BSONRegExp && writeRegExp(out, key, name, value);
    case 'BSONSymbol':
      return value instanceof BSONSymbol && writeSymbol(out, key, name, value);
    case 'MinKey':
      return value instanceof MinKey && writeEmpty(out, 255, key, name);
    case 'MaxKey':
      return value instanceof MaxKey && writeEmpty(out, 127, key, name);
    default:
      return false;
  }
}

function writeEmpty(out: Output, type: number, key: Key, name: string): true {
  out.element(type, key, name);
  return true;
}

function writeObjectId(out: Output, key: Key, name: string, value: ObjectId & InPlace): true {
  out.element(7, key, name);
  out.position += value.serializeInto(out.bytes, out.position);
  return true;
}

function writeLong(
  out: Output,
  type: number,
  key: Key,
  name: string,
  value: Pick<Long, 'getLowBits' | 'getHighBits'>
): true {
  out.element(type, key, name);
  out.int32(value.getLowBits());
  out.int32(value.getHighBits());
  return true;
}

function writeDouble(out: Output, key: Key, name: string, { value }: Double): true {
  out.element(1, key, name);
  out.double(value);
  return true;
}

function writeInt32(out: Output, key: Key, name: string, value: Int32): true {
  out.element(16, key, name);
  out.int32(value.valueOf());
  return true;
}

function writeDecimal(out: Output, key: Key, name: string, { bytes }: Decimal128): boolean {
  if (bytes.length !== 16) return false;
  out.element(19, key, name);
  out.copy(bytes);
  return true;
}

function writeBinary(out: Output, key: Key, name: string, value: Binary): boolean {
  const { sub_type: subtype, position: size, buffer } = value;
  if (subtype === Binary.SUBTYPE_BYTE_ARRAY || subtype === Binary.SUBTYPE_VECTOR) return false;
  if (buffer.length < size) return false;
  out.element(5, key, name);
  out.int32(size);
  out.byte(subtype);
  out.copy(buffer.length === size ? buffer : buffer.subarray(0, size));
  return true;
}

function writeSymbol(out: Output, key: Key, name: string, { value }: BSONSymbol): boolean {
  if (typeof value !== 'string') return false;
  out.element(14, key, name);
  out.string(value);
  return true;
}

function writeRegExp(out: Output, key: Key, name: string, { pattern, options }: BSONRegExp): boolean {
  if (pattern.includes('\0') || options.includes('\0')) return false;
  out.element(11, key, name);
  out.cString(pattern);
  out.cString(options.split('').sort().join(''));
  return true;
}

function writeCode(out: Output, key: Key, name: string, { code, scope }: Code): boolean {
  if (scope !== null || typeof code !== 'string') return false;
  out.element(13, key, name);
  out.string(code);
  return true;
}
