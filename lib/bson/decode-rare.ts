/* What few documents have. The places in which bson is lenient, or makes of one type another, are kept. */
import {
  BSONRegExp,
  Binary,
  Code,
  DBRef,
  Decimal128,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID
} from './library.js';
import { type Input, OTHERWISE } from './input.js';

/** @throws OTHERWISE */
export function readRare(input: Input, type: number): unknown {
  switch (type) {
    case 5:
      return readBinary(input);
    case 6:
      return undefined;
    case 11:
      return readRegExp(input);
    case 12:
      return new DBRef(input.string(), new ObjectId(input.take(12)));
    case 13:
      return new Code(input.string());
    case 14:
      return input.string();
    case 17:
      return new Timestamp({ i: input.int32() >>> 0, t: input.int32() >>> 0 });
    case 19:
      return new Decimal128(copy(input.take(16)));
    case 127:
      return new MaxKey();
    case 255:
      return new MinKey();
    default:
      throw OTHERWISE;
  }
}

function copy(bytes: Uint8Array): Buffer {
  const copied = Buffer.allocUnsafe(bytes.length);
  copied.set(bytes);
  return copied;
}

function readBinary(input: Input): Binary | Buffer {
  const size = input.int32();
  const subtype = input.bytes[input.position++]!;
  const content = subtype === Binary.SUBTYPE_BYTE_ARRAY ? takeSizedTwice(input, size) : input.take(size);
  if (input.how.promoteBuffers) return content;
  const binary = new Binary(content, subtype);
  return subtype === Binary.SUBTYPE_UUID && UUID.isValid(binary) ? binary.toUUID() : binary;
}

function takeSizedTwice(input: Input, size: number): Buffer {
  if (input.int32() !== size - 4) throw OTHERWISE;
  return input.take(size - 4);
}

function readRegExp(input: Input): RegExp | BSONRegExp {
  const source = input.cString();
  const flags = input.cString();
  return input.how.bsonRegExp ? new BSONRegExp(source, flags) : new RegExp(source, nativeFlags(flags));
}

/** Those that JavaScript has, as bson translates them: its `s` becomes `g`. */
function nativeFlags(flags: string): string {
  let native = '';
  for (const flag of flags) native += flag === 's' ? 'g' : flag === 'i' || flag === 'm' ? flag : '';
  return native;
}
