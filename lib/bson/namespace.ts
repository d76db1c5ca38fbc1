/* bson's namespace as this package exports it: with this codec's functions, and all of bson's types. */
import { deserialize } from './deserialize.js';
import { BSON as Bson } from './library.js';
import { serialize, serializeWithBufferAndIndex } from './serialize.js';

/** bson's namespace with this codec in it. */
export const BSON: typeof Bson = withThisCodec();

function withThisCodec(): typeof Bson {
  const members = Object.getOwnPropertyDescriptors(Bson);
  Object.assign(members.deserialize, { value: deserialize });
  Object.assign(members.serialize, { value: serialize });
  Object.assign(members.serializeWithBufferAndIndex, { value: serializeWithBufferAndIndex });
  return Object.freeze(Object.create(null, members));
}

// eslint-disable-next-line @typescript-eslint/no-namespace -- as bson has it: there are `BSON.ObjectId` and the like in types
export declare namespace BSON {
  export type BSONError = Bson.BSONError;
  export type BSONOffsetError = Bson.BSONOffsetError;
  export type BSONRegExp = Bson.BSONRegExp;
  export type BSONRegExpExtended = Bson.BSONRegExpExtended;
  export type BSONRegExpExtendedLegacy = Bson.BSONRegExpExtendedLegacy;
  export type BSONRuntimeError = Bson.BSONRuntimeError;
  export type BSONSymbol = Bson.BSONSymbol;
  export type BSONSymbolExtended = Bson.BSONSymbolExtended;
  export type BSONType = Bson.BSONType;
  export type BSONTypeTag = Bson.BSONTypeTag;
  export type BSONValue = Bson.BSONValue;
  export type BSONVersionError = Bson.BSONVersionError;
  export type Binary = Bson.Binary;
  export type BinaryExtended = Bson.BinaryExtended;
  export type BinaryExtendedLegacy = Bson.BinaryExtendedLegacy;
  export type BinarySequence = Bson.BinarySequence;
  export type ByteUtils = Bson.ByteUtils;
  export type CalculateObjectSizeOptions = Bson.CalculateObjectSizeOptions;
  export type Code = Bson.Code;
  export type CodeExtended = Bson.CodeExtended;
  export type DBRef = Bson.DBRef;
  export type DBRefLike = Bson.DBRefLike;
  export type Decimal128 = Bson.Decimal128;
  export type Decimal128Extended = Bson.Decimal128Extended;
  export type DeserializeOptions = Bson.DeserializeOptions;
  export type Document = Bson.Document;
  export type Double = Bson.Double;
  export type DoubleExtended = Bson.DoubleExtended;
  export type EJSONOptions = Bson.EJSONOptions;
  export type EJSONOptionsBase = Bson.EJSONOptionsBase;
  export type EJSONParseOptions = Bson.EJSONParseOptions;
  export type EJSONSerializeOptions = Bson.EJSONSerializeOptions;
  export type Int32 = Bson.Int32;
  export type Int32Extended = Bson.Int32Extended;
  export type Long = Bson.Long;
  export type LongExtended = Bson.LongExtended;
  export type LongWithoutOverrides = Bson.LongWithoutOverrides;
  export type MaxKey = Bson.MaxKey;
  export type MaxKeyExtended = Bson.MaxKeyExtended;
  export type MinKey = Bson.MinKey;
  export type MinKeyExtended = Bson.MinKeyExtended;
  export type NumberUtils = Bson.NumberUtils;
  export type ObjectId = Bson.ObjectId;
  export type ObjectIdExtended = Bson.ObjectIdExtended;
  export type ObjectIdLike = Bson.ObjectIdLike;
  export type OnDemand = Bson.OnDemand;
  export type SerializeOptions = Bson.SerializeOptions;
  export type Timestamp = Bson.Timestamp;
  export type TimestampExtended = Bson.TimestampExtended;
  export type TimestampOverrides = Bson.TimestampOverrides;
  export type UUID = Bson.UUID;
  export type UUIDExtended = Bson.UUIDExtended;
}
