/**
 * A codec that does what `bson` does, faster: same values, same bytes, same errors. It has no code for anything but the
 * common; the rest it leaves to `bson`.
 */
import { BSON as theirs } from './library.js';
import { deserialize } from './deserialize.js';
import { serialize, serializeWithBufferAndIndex } from './serialize.js';

export { deserialize } from './deserialize.js';
export { decode } from './decode.js';
export { readingFor } from './options.js';
export { Output } from './output.js';
export { serialize, serializeInto, serializeWithBufferAndIndex } from './serialize.js';
export { calculateObjectSize } from './library.js';

/** bson's namespace with this codec in it. */
export const BSON: typeof theirs = withThisCodec();

function withThisCodec(): typeof theirs {
  const members = Object.getOwnPropertyDescriptors(theirs);
  for (const member of [deserialize, serialize, serializeWithBufferAndIndex]) {
    Object.assign(members[member.name as 'serialize'], { value: member });
  }
  return Object.freeze(Object.create(null, members));
}
