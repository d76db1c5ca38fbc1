/*
 * The one place that says which copy of `bson` this codec stands beside. Values that it reads are of this copy's
 * classes, and values of these classes are the ones it writes fast.
 */
import { BSON as bson } from 'mongodb';

export import BSON = bson;

/** What is left to bson. Not frozen, as its own namespace is: tests count the calls. */
export const theirs = { serialize: BSON.serialize, deserialize: BSON.deserialize };

// all are values of this module: one `export … from` makes every use of all slow, as the engine keeps them then
export const { BSONError, BSONRegExp, BSONSymbol, Binary, Code, DBRef, Decimal128, Double, Int32 } = BSON;
export const { BSONValue: Tagged } = BSON;
export const { Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } = BSON;

export type BSONRegExp = BSON.BSONRegExp;
export type BSONSymbol = BSON.BSONSymbol;
export type Binary = BSON.Binary;
export type Code = BSON.Code;
export type DBRef = BSON.DBRef;
export type Decimal128 = BSON.Decimal128;
export type Double = BSON.Double;
export type Int32 = BSON.Int32;
export type Long = BSON.Long;
export type ObjectId = BSON.ObjectId;
export type DeserializeOptions = BSON.DeserializeOptions;
export type Document = BSON.Document;
export type SerializeOptions = BSON.SerializeOptions;
