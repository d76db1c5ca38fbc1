import type { JsonOutput } from './output.js';

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

const NULL = 0x6c6c756e;

/** Two decimal digits as characters, the first in the lower byte. */
const PAIRS = Uint16Array.from(
  { length: 100 },
  (_, n) => (ZERO + (n % 10)) * 256 + ZERO + Math.floor(n / 10)
);

const BILLION = 1e9;
const HUNDRED_MILLION = 1e8;

/** Numbers of at most fifteen digits have one form that is the shortest. */
const EXACT = 1e15;

/** Of a hundred, and of a million: what the numbers of applications are counted in. */
const SCALES: readonly (readonly [scale: number, digits: number])[] = [
  [1e2, 2],
  [1e6, 6]
];

/** A number from a double, as JavaScript writes it; null when JSON has none for it. */
export function writeDouble(out: JsonOutput, value: number): void {
  if ((value | 0) === value) writeInteger(out, value);
  else if (!Number.isFinite(value)) out.word(NULL);
  else if (!writeFraction(out, value)) out.ascii(String(value));
}

/** A number with few digits after its point: no other of fifteen digits is the same double. Whether it is one. */
function writeFraction(out: JsonOutput, value: number): boolean {
  for (const [scale, digits] of SCALES) {
    const scaled = Math.round(value * scale);
    if (scaled / scale !== value || Math.abs(scaled) >= EXACT) continue;
    const size = Math.abs(scaled);
    const whole = Math.floor(size / scale);
    if (value < 0) out.byte(MINUS);
    writeNatural(out, whole);
    writeDecimals(out, size - whole * scale, digits);
    return true;
  }
  return false;
}

/** A point and what comes after it, without zeros at the end; nothing for 0. */
function writeDecimals(out: JsonOutput, value: number, digits: number): void {
  if (value === 0) return;
  out.byte(POINT);
  writePadded(out, value, digits);
  const { bytes } = out;
  while (bytes[out.position - 1] === ZERO) out.position--;
}

/** @param value - an integer up to 2^53; -0 is 0 */
export function writeInteger(out: JsonOutput, value: number): void {
  if (value < 0) {
    out.byte(MINUS);
    writeNatural(out, -value);
  } else writeNatural(out, value);
}

function writeNatural(out: JsonOutput, value: number): void {
  if (value >= BILLION) {
    const high = Math.floor(value / HUNDRED_MILLION);
    writeNatural(out, high);
    writePadded(out, value - high * HUNDRED_MILLION, 8);
  } else writePadded(out, value, countOfDigits(value | 0));
}

/** So many digits of a number below a billion, with zeros in front. */
function writePadded(out: JsonOutput, value: number, digits: number): void {
  const { bytes, view, position: start } = out;
  let rest = value | 0;
  let position = start + digits;
  out.position = position;
  while (position - start >= 2) {
    const above = (rest / 100) | 0;
    position -= 2;
    view.setUint16(position, PAIRS[rest - above * 100]!, true);
    rest = above;
  }
  if (position > start) bytes[start] = ZERO + rest;
}

function countOfDigits(value: number): number {
  if (value < 1e4) return value < 1e2 ? (value < 10 ? 1 : 2) : value < 1e3 ? 3 : 4;
  if (value < 1e6) return value < 1e5 ? 5 : 6;
  return value < 1e8 ? (value < 1e7 ? 7 : 8) : 9;
}

/** Two digits. */
export function writePair(out: JsonOutput, value: number): void {
  out.view.setUint16(out.position, PAIRS[value]!, true);
  out.position += 2;
}

const MAX_HIGH = 2 ** 21;

/** Whether the two halves of an int64 make one that bson makes a number of: up to 2^53. */
export function isExact(low: number, high: number): boolean {
  return (high >= -MAX_HIGH && high < MAX_HIGH) || (high === MAX_HIGH && low === 0);
}
