/* What few documents have. The places in which bson is lenient, or makes of one type another, are kept. */
import {
  BSONRegExp,
  Binary,
  Code,
  DBRef,
  Decimal128,
  type Document,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID
} from './library.js';
import { type Input, OTHERWISE } from './input.js';

const UUID_SIZE = 16;

const OF_REFERENCES: ReadonlySet<string> = new Set(['$ref', '$id', '$db']);

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
      return new Decimal128(input.copy(16));
    case 127:
      return new MaxKey();
    case 255:
      return new MinKey();
    default:
      throw OTHERWISE;
  }
}

function readBinary(input: Input): Binary | Buffer {
  const size = input.int32();
  const subtype = input.bytes[input.position++]!;
  const content = subtype === Binary.SUBTYPE_BYTE_ARRAY ? takeSizedTwice(input, size) : input.take(size);
  if (input.how.promoteBuffers) return content;
  return subtype === Binary.SUBTYPE_UUID && content.length === UUID_SIZE
    ? new UUID(content)
    : new Binary(content, subtype);
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

/** What a document is: a reference if it has all that belongs to one, and no other name with a dollar. */
export function asReference(document: Document): Document {
  const { $ref, $id, $db } = document;
  if (typeof $ref !== 'string' || $id == null) return document;
  if ('$db' in document && typeof $db !== 'string') return document;
  const fields: Document = {};
  for (const name of Object.keys(document)) {
    if (name[0] !== '$') fields[name] = document[name];
    else if (!OF_REFERENCES.has(name)) return document;
  }
  return new DBRef($ref, $id as ObjectId, $db as string | undefined, fields);
}
