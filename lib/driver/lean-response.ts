import type * as D from './types.js';

/** Makes one of a document in these bytes. */
export type LeanClass<T> = new (bson: Uint8Array, offset: number) => T;

/**
 * A class of the driver's responses that makes nothing when it is constructed. What finds its elements is to be added:
 * `elements`, `cache` and `indexFound`, in which the driver looks them up.
 */
export function lean<T extends D.Response>(Base: D.ResponseClass<T>): LeanClass<T> {
  class Lean {
    readonly isArray = false;
    iterated = 0; // this and what follows is of those with a cursor
    _batch = null;
    _encryptedBatch = null;

    constructor(
      readonly bson: Uint8Array,
      readonly offset: number
    ) {}
  }
  Object.setPrototypeOf(Lean.prototype, Base.prototype as object);
  return Lean as object as LeanClass<T>;
}
