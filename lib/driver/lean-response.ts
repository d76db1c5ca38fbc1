import type * as D from './types.js';

/** What a response keeps once it has been asked for it. */
export interface Kept {
  keptBytes: Uint8Array | undefined;
  keptElements: D.Response['elements'] | undefined;
  keptCache: object | undefined;
  keptIndexFound: object | undefined;
}

/** Takes nothing, since it makes nothing. */
export type LeanClass<T> = new () => T & Kept;

/**
 * A class of the driver's responses that makes nothing when it is constructed. What finds its elements is to be added:
 * `bson`, `elements`, `cache` and `indexFound`, in which the driver looks them up.
 */
export function lean<T extends D.Response>(Base: D.ResponseClass<T>): LeanClass<T> {
  class Lean implements Kept {
    keptBytes = undefined;
    keptElements = undefined;
    keptCache = undefined;
    keptIndexFound = undefined;
    readonly offset = 0;
    readonly isArray = false;
    iterated = 0; // this and what follows is of those with a cursor
    _batch = null;
    _encryptedBatch = null;
  }
  Object.setPrototypeOf(Lean.prototype, Base.prototype as object);
  return Lean as object as LeanClass<T>;
}
