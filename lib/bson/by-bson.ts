import { theirs } from './library.js';
import type { Output } from './output.js';

/** An element that bson writes. */
export function writeByBson(out: Output, name: string, value: unknown): void {
  const { ignoreUndefined, serializeFunctions } = out;
  const bytes = theirs.serialize(new Map([[name, value]]), { ignoreUndefined, serializeFunctions });
  out.copy(bytes.subarray(4, -1));
}
