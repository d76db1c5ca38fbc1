/*
 * The one place that says which copy of `bson` this codec stands beside. Values that it reads are of this copy's
 * classes, and values of these classes are the ones it writes fast.
 */
import { BSON } from 'bson';

export { BSON, calculateObjectSize, deserialize, serialize } from 'bson';
export type { DeserializeOptions, Document, SerializeOptions } from 'bson';

// exported as values of this module, which is faster to use than what is passed on from another
export const { BSONError, BSONRegExp, Binary, Code, DBRef, Decimal128, Double, Int32 } = BSON;
export const { Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } = BSON;

export type BSONRegExp = BSON.BSONRegExp;
export type Binary = BSON.Binary;
export type Code = BSON.Code;
export type Decimal128 = BSON.Decimal128;
export type Double = BSON.Double;
export type Int32 = BSON.Int32;
export type Long = BSON.Long;
export type ObjectId = BSON.ObjectId;
