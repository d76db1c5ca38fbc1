/* Bytes in groups of four, as a view of memory reads and writes them: the first byte is the lowest of a number. */

/** What comes before an element's value: a type, here 0, a name's bytes, a zero byte. */
export function wordsOf(name: Uint8Array): Int32Array {
  const words = new Int32Array(((name.length + 1) >> 2) + 1);
  for (let i = 0, at = 1; i < name.length; i++, at++) words[at >> 2]! |= name[i]! << (8 * (at & 3));
  return words;
}

/** Which bits of a word are among the first so many bytes. */
export function maskFor(size: number): number {
  if (size >= 4) return -1;
  return size <= 0 ? 0 : (-1 >>> (32 - 8 * size)) | 0;
}

export function equal(bytes: Uint8Array, from: Uint8Array, start: number, end: number): boolean {
  const { length } = bytes;
  if (length !== end - start) return false;
  for (let i = 0; i < length; i++) if (from[start + i] !== bytes[i]) return false;
  return true;
}
