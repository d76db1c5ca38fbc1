import { isUtf8 } from 'node:buffer';
import { type Input, OTHERWISE } from '../input.js';
import type { JsonOutput } from './output.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/** The same in each byte of a word: these characters, and the lowest and the highest bit. */
const SPACES = 0x20202020;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const LOWEST = 0x01010101;
const HIGHEST = 0x80808080 | 0;

/** So many bytes at a time: each may take six when it is escaped. */
const PART = 4096;
const MOST_ESCAPED = 6;

/** By byte: how it is written inside of a string, when not as it is. */
const ESCAPED: readonly Buffer[] = Array.from({ length: BACKSLASH + 1 }, (_, code) =>
  Buffer.from(JSON.stringify(String.fromCharCode(code)).slice(1, -1))
);

/**
 * A string with its quotes. Bytes that are written as they are, are copied four at a time.
 *
 * @throws OTHERWISE when the bytes are no UTF-8
 */
export function writeText(out: JsonOutput, { bytes, view }: Input, start: number, end: number): void {
  let all = 0;
  out.reserve(0);
  out.byte(QUOTE);
  for (let at = start; at < end; at += PART) {
    all |= writePart(out, bytes, view, at, Math.min(at + PART, end));
  }
  out.byte(QUOTE);
  if ((all & HIGHEST) !== 0 && !isUtf8(bytes.subarray(start, end))) throw OTHERWISE;
}

/**
 * A string value: its size, its bytes, a zero byte.
 *
 * @throws OTHERWISE when it is none
 */
export function writeString(out: JsonOutput, input: Input): void {
  const size = input.int32();
  const { bytes, position: start } = input;
  const end = start + size - 1;
  if (size <= 0 || end >= input.limit || bytes[end] !== 0) throw OTHERWISE;
  input.position = end + 1;
  writeText(out, input, start, end);
}

/** Gives in one word which bits the bytes have. */
function writePart(out: JsonOutput, bytes: Buffer, words: DataView, start: number, end: number): number {
  out.reserve(MOST_ESCAPED * (end - start));
  const { bytes: target, view } = out;
  let { position } = out;
  let all = 0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = words.getInt32(at, true);
    all |= word;
    if (isVerbatim(word)) {
      view.setInt32(position, word, true);
      position += 4;
    } else position = escape(target, position, bytes, at, at + 4);
  }
  if (at < end) {
    for (let i = at; i < end; i++) all |= bytes[i]! << 24;
    position = escape(target, position, bytes, at, end);
  }
  out.position = position;
  return all;
}

/** Whether none of four bytes is a control character, a quote or a backslash. */
function isVerbatim(word: number): boolean {
  const control = word - SPACES;
  const quote = (word ^ QUOTES) - LOWEST;
  const backslash = (word ^ BACKSLASHES) - LOWEST;
  return ((control | quote | backslash) & ~word & HIGHEST) === 0;
}

/** Gives where the next byte is written. */
function escape(to: Buffer, position: number, from: Buffer, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = from[at]!;
    if (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH) to[position++] = byte;
    else for (const escaped of ESCAPED[byte]!) to[position++] = escaped;
  }
  return position;
}
