import type { BSONSerializeOptions } from 'mongodb';
import { type Reading, readingFor } from './bson/index.js';

const USUAL = readingFor(undefined)!;
const UNCHECKED = readingFor({ validation: { utf8: false } })!;

/**
 * How to decode with options of the driver's, those left out being its defaults; undefined when only bson can.
 *
 * @param validates - whether bytes that are no UTF-8 are an error. Where they are one in some fields only, the caller
 * has to turn to bson for what is not decoded.
 */
export function readingOf(options: BSONSerializeOptions, validates: boolean): Reading | undefined {
  const { promoteLongs, promoteBuffers, useBigInt64, bsonRegExp } = options;
  if (options.raw || options.promoteValues === false || !isEmpty(options.fieldsAsRaw)) return undefined;
  if (promoteLongs !== false && !promoteBuffers && !useBigInt64 && !bsonRegExp)
    return validates ? USUAL : UNCHECKED;
  const validation = { utf8: validates };
  return readingFor({ promoteLongs, promoteBuffers, useBigInt64, bsonRegExp, validation });
}

function isEmpty(fields: object | undefined): boolean {
  for (const _ in fields) return false;
  return true;
}
