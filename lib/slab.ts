/*
 * Where what has arrived is kept: one after another, in memory for many replies. One of its own for each, and a view of that,
 * took longer to make than what is in a reply takes to be looked at.
 */
import { Memory } from './bson/index.js';
import { Span } from './span.js';

/** In bytes. Somebody who keeps a reply, or a binary value of one, keeps as much. */
const SIZE = 16 << 10;

/** What takes more is better off in memory of its own. */
export const MOST_KEPT = SIZE / 2;

/** See utf8Slice: to look it up would take longer than a short copy does. */
const { set } = Uint8Array.prototype;

let slab: Memory | undefined;
let used = 0;

/** Copies up to {@link MOST_KEPT} bytes, which will be others soon. */
export function keep(bytes: Uint8Array): Span {
  const { length } = bytes;
  if (slab === undefined || used + length > SIZE) {
    slab = new Memory(Buffer.allocUnsafeSlow(SIZE));
    used = 0;
  }
  const start = used;
  set.call(slab.bytes, bytes, start);
  used += length;
  return new Span(slab, start, used);
}
