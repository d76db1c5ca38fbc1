import { Memory } from '../../lib/bson';
import { Span } from '../../lib/span';

/** Bytes that lie in memory between others, as those of a frame do. */
export function among(bytes: Uint8Array, before = 7, after = 9): Span {
  const all = Buffer.concat([Buffer.alloc(before, 0xab), bytes, Buffer.alloc(after, 0xcd)]);
  return new Span(new Memory(all), before, before + bytes.length);
}
