import type { JsonOutput } from './output.js';

const MINUS = 0x2d;

/** The coefficient's upper half: 2^53 of it and more is left to bson. */
const MOST_HIGH = 2 ** 21;
const TWO_32 = 2 ** 32;

/** What is added to the exponent of a decimal128. */
const BIAS = 6176;

/** bson writes a number with an exponent when it has six zeros and more after its point. */
const LEAST = -7;

/**
 * A decimal128, as bson writes one, without quotes: if its digits are few, and it is written without an exponent.
 *
 * @param start - of its sixteen bytes
 * @returns whether it is one, and has been written
 */
export function writeDecimal(out: JsonOutput, view: DataView, start: number): boolean {
  const high = view.getInt32(start + 4, true) >>> 0;
  const top = view.getInt32(start + 12, true);
  const exponent = ((top >> 17) & 0x3fff) - BIAS;
  // the rest of the coefficient, and infinities, and what is no number, have other bits
  if (high >= MOST_HIGH || view.getInt32(start + 8, true) !== 0 || (top & 0x1ffff) !== 0) return false;
  const digits = String(high * TWO_32 + (view.getInt32(start, true) >>> 0));
  if (exponent > 0 || digits.length - 1 + exponent <= LEAST) return false;
  if (top < 0) out.byte(MINUS);
  if (exponent === 0) out.ascii(digits);
  else writeWithPoint(out, digits.padStart(1 - exponent, '0'), exponent);
  return true;
}

function writeWithPoint(out: JsonOutput, digits: string, exponent: number): void {
  out.ascii(digits.slice(0, exponent));
  out.ascii('.');
  out.ascii(digits.slice(exponent));
}
