/*
 * Strings of up to 15 bytes: with the zero byte at their end they are four words. One that comes again, as the name of a
 * state or a city does, is made once and shared: documents are smaller for it, and the garbage collector, which moves
 * those that are kept, has less to copy. Of ASCII, one is made here, without a call into Node.
 */
import { maskFor } from './words.js';

/** How many bytes such a string has at most, with its zero byte. */
export const SHORT = 16;

/** Where strings are that may come again. */
export interface Place {
  /** How many more may turn out to be new before they are taken to be data, and not remembered any more. */
  luck: number;
}

export const LUCK = 64;

/** What reads a string between two bytes. */
interface Reader {
  text(start: number, end: number): string;
}

/** What is in the place of bytes that are no UTF-8, but may have been there as well. */
export const REPLACEMENT = '\ufffd';

const BITS = 10;

/** A string for each hash, and its words; with its size in their last byte, where it never has a character. */
const texts = new Array<string>(1 << BITS).fill('');
const words = new Int32Array(4 * texts.length);

/** By size, which bits of a word are the string's: of the first, the second … */
const [FIRST, SECOND, THIRD, FOURTH] = [masks(0), masks(4), masks(8), masks(12)] as const;

const NOT_ASCII = 0x80808080 | 0;

const { fromCharCode } = String;

function masks(before: number): Int32Array {
  return Int32Array.from({ length: SHORT + 1 }, (_, size) => maskFor(size - before));
}

/**
 * Reads one. There must be 16 bytes to read, whatever the last are.
 *
 * @param size - in bytes, with the zero byte, which must be there
 * @param otherwise - reads one that is not ASCII
 */
export function shortText(view: DataView, at: number, size: number, place: Place, otherwise: Reader): string {
  const p = view.getInt32(at, true) & FIRST[size]!;
  const q = view.getInt32(at + 4, true) & SECOND[size]!;
  const r = view.getInt32(at + 8, true) & THIRD[size]!;
  const s = view.getInt32(at + 12, true) & FOURTH[size]!;
  const isAscii = ((p | q | r | s) & NOT_ASCII) === 0;
  if (place.luck <= 0) return isAscii ? textOf(p, q, r, s, size - 1) : otherwise.text(at, at + size - 1);
  const last = s | (size << 24);
  // odd factors: the highest bits of the sum depend on all of the words
  const sum =
    Math.imul(p, 0x9e3779b1) +
    Math.imul(q, 0x85ebca6b) +
    Math.imul(r, 0xc2b2ae35) +
    Math.imul(last, 0x27d4eb2f);
  const hash = sum >>> (32 - BITS);
  const i = 4 * hash;
  if (words[i] !== p || words[i + 1] !== q || words[i + 2] !== r || words[i + 3] !== last) {
    place.luck--;
    const text = isAscii ? textOf(p, q, r, s, size - 1) : otherwise.text(at, at + size - 1);
    if (!isAscii && text.includes(REPLACEMENT)) return text;
    keep(i, p, q, r, last);
    return (texts[hash] = text);
  }
  if (place.luck < LUCK) place.luck++;
  return texts[hash]!;
}

function keep(i: number, p: number, q: number, r: number, s: number): void {
  words[i] = p;
  words[i + 1] = q;
  words[i + 2] = r;
  words[i + 3] = s;
}

function textOf(p: number, q: number, r: number, s: number, length: number): string {
  const a = p & 127;
  const b = (p >> 8) & 127;
  const c = (p >> 16) & 127;
  const d = p >> 24;
  const e = q & 127;
  const f = (q >> 8) & 127;
  const g = (q >> 16) & 127;
  const h = q >> 24;
  const i = r & 127;
  const j = (r >> 8) & 127;
  const k = (r >> 16) & 127;
  const l = r >> 24;
  const m = s & 127;
  const n = (s >> 8) & 127;
  const o = (s >> 16) & 127;
  switch (length) {
    case 0:
      return '';
    case 1:
      return fromCharCode(a);
    case 2:
      return fromCharCode(a, b);
    case 3:
      return fromCharCode(a, b, c);
    case 4:
      return fromCharCode(a, b, c, d);
    case 5:
      return fromCharCode(a, b, c, d, e);
    case 6:
      return fromCharCode(a, b, c, d, e, f);
    case 7:
      return fromCharCode(a, b, c, d, e, f, g);
    case 8:
      return fromCharCode(a, b, c, d, e, f, g, h);
    case 9:
      return fromCharCode(a, b, c, d, e, f, g, h, i);
    case 10:
      return fromCharCode(a, b, c, d, e, f, g, h, i, j);
    case 11:
      return fromCharCode(a, b, c, d, e, f, g, h, i, j, k);
    case 12:
      return fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l);
    case 13:
      return fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m);
    case 14:
      return fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
    default:
      return fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
  }
}
