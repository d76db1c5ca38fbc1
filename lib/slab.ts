/*
 * Where what has arrived is kept: the replies of one read together, and small ones one after another in the same memory. One of
 * its own for each, and a view of that, took longer to make than what is in a reply takes to be looked at.
 */
import { Memory } from './bson/index.js';
import { Span } from './span.js';

/** In bytes. Somebody who keeps a reply, or a binary value of one, keeps as much. */
const SIZE = 16 << 10;

/** What takes more is in memory of its own. */
const MOST_SHARED = SIZE / 2;

/** See utf8Slice: to look it up would take longer than a short copy does. */
const { set } = Uint8Array.prototype;

let slab = new Memory(Buffer.alloc(0));
let used = 0;

/** What was copied last. Replies of one length often come one after another, to the same place. */
let latest = Span.of(slab.bytes);
let latestBytes = slab.bytes;

/** Copies bytes that will be others soon. */
export function keep(span: Span): Span {
  const { length } = span;
  if (length > MOST_SHARED) return Span.of(Buffer.from(bytesOf(span)));
  if (used + length > slab.bytes.length) {
    slab = new Memory(Buffer.allocUnsafeSlow(SIZE));
    used = 0;
  }
  const start = used;
  set.call(slab.bytes, bytesOf(span), start);
  used += length;
  return new Span(slab, start, used);
}

function bytesOf(span: Span): Buffer {
  const { memory, start, end } = span;
  if (latest.memory !== memory || latest.start !== start || latest.end !== end) {
    latest = span;
    latestBytes = span.bytes;
  }
  return latestBytes;
}
