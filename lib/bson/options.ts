/* Which of bson's options are for the fast ways, and which are left to bson. */
import type { DeserializeOptions, SerializeOptions } from './library.js';
import type { Reading } from './input.js';

const COMMON: Reading = {
  promoteLongs: true,
  promoteBuffers: false,
  useBigInt64: false,
  bsonRegExp: false,
  validates: true
};

/** How to read with these options, taken as bson takes them; undefined when only bson can, or refuses them. */
export function readingFor(options: DeserializeOptions | null | undefined): Reading | undefined {
  if (options == null) return COMMON;
  const {
    raw,
    fieldsAsRaw,
    promoteValues,
    promoteLongs,
    promoteBuffers,
    useBigInt64,
    bsonRegExp,
    validation
  } = {
    ...options
  };
  if (raw || fieldsAsRaw != null || (promoteValues ?? true) !== true) return undefined;
  const validates = validation == null ? true : validation.utf8;
  const longs = Boolean(promoteLongs ?? true);
  if (typeof validates !== 'boolean' || (useBigInt64 && !longs)) return undefined;
  return {
    promoteLongs: longs,
    promoteBuffers: Boolean(promoteBuffers),
    useBigInt64: Boolean(useBigInt64),
    bsonRegExp: bsonRegExp === true,
    validates
  };
}

/** How documents are written here; the names are bson's. */
interface Writing {
  readonly ignoreUndefined: boolean;
  readonly serializeFunctions: boolean;
}

/** An option that is not in bson's types. */
interface WithBuffer extends SerializeOptions {
  minInternalBufferSize?: unknown;
}

/** How to write with these options, taken as bson takes them; undefined when only bson can, or refuses them. */
export function writingFor(options: WithBuffer | null): Writing | undefined {
  if (options === null || options.checkKeys === true || typeof options.minInternalBufferSize === 'number') {
    return undefined;
  }
  const { ignoreUndefined, serializeFunctions } = options;
  return {
    ignoreUndefined: typeof ignoreUndefined === 'boolean' ? ignoreUndefined : true,
    serializeFunctions: serializeFunctions === true
  };
}
