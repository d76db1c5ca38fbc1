/**
 * A codec that does what `bson` does, faster: same values, same bytes, same errors. It has no code for anything but the
 * common; the rest it leaves to `bson`.
 */
export { deserialize } from './deserialize.js';
export { decode, decodeBatch, decodeFrom } from './decode.js';
export { Input, Memory, type Reading } from './input.js';
export { isStringifiedOtherwise, JsonArray, type JsonForm } from './json/index.js';
export { readingFor } from './options.js';
export { BSON } from './namespace.js';
export { Output } from './output.js';
export { serialize, serializeInto, serializeWithBufferAndIndex } from './serialize.js';
export { isBare } from './values.js';
