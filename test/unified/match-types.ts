import { BSON } from 'mongodb';
import { asNumber, isDocument } from './values';
import { InvalidTest } from './mismatch';

const isInteger = (value: unknown): boolean => Number.isInteger(asNumber(value));

/**
 * The names of the `$type` query operator. The driver promotes all numbers but decimals to JavaScript's, so an
 * integer satisfies each of the numeric types that could hold it.
 */
const types: Record<string, (value: unknown) => boolean> = {
  double: value => asNumber(value) !== undefined,
  string: value => typeof value === 'string',
  object: isDocument,
  array: Array.isArray,
  binData: value => value instanceof BSON.Binary || value instanceof Uint8Array,
  undefined: value => value === undefined,
  objectId: value => value instanceof BSON.ObjectId,
  bool: value => typeof value === 'boolean',
  date: value => value instanceof Date,
  null: value => value === null,
  regex: value => value instanceof RegExp || value instanceof BSON.BSONRegExp,
  dbPointer: value => value instanceof BSON.DBRef,
  javascript: value => value instanceof BSON.Code && !value.scope,
  symbol: value => value instanceof BSON.BSONSymbol,
  javascriptWithScope: value => value instanceof BSON.Code && Boolean(value.scope),
  int: isInteger,
  timestamp: value => value instanceof BSON.Timestamp,
  long: isInteger,
  decimal: value => value instanceof BSON.Decimal128,
  minKey: value => value instanceof BSON.MinKey,
  maxKey: value => value instanceof BSON.MaxKey,
  number: value => asNumber(value) !== undefined || value instanceof BSON.Decimal128
};

export function hasType(value: unknown, name: string): boolean {
  const test = types[name];
  if (!test) throw new InvalidTest(`unknown BSON type ${name}`);
  return test(value);
}
