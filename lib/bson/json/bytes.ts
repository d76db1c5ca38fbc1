/* Bytes as text. */
import type { JsonOutput } from './output.js';

const QUOTE = 0x22;
const DASH = 0x2d;

/** Two hexadecimal digits of each byte as characters, the first in the lower byte. */
const HEX = Uint16Array.from({ length: 256 }, (_, byte) => digit(byte >> 4) + 256 * digit(byte & 15));

function digit(value: number): number {
  return value + (value < 10 ? 0x30 : 0x57);
}

/** Hexadecimal digits; there is room for them. */
export function writeHex(out: JsonOutput, bytes: Uint8Array, start: number, end: number): void {
  const { view } = out;
  let { position } = out;
  for (let at = start; at < end; at++, position += 2) view.setUint16(position, HEX[bytes[at]!]!, true);
  out.position = position;
}

/** The twelve bytes of an ObjectId, as a string. */
export function writeId(out: JsonOutput, bytes: Buffer, start: number): void {
  out.byte(QUOTE);
  writeHex(out, bytes, start, start + 12);
  out.byte(QUOTE);
}

/** The sixteen bytes of a UUID, as a string. */
export function writeUuid(out: JsonOutput, bytes: Buffer): void {
  out.byte(QUOTE);
  writeHex(out, bytes, 0, 4);
  for (const start of [4, 6, 8]) {
    out.byte(DASH);
    writeHex(out, bytes, start, start + 2);
  }
  out.byte(DASH);
  writeHex(out, bytes, 10, 16);
  out.byte(QUOTE);
}

/** Any bytes, as a string. */
export function writeBase64(out: JsonOutput, bytes: Buffer): void {
  const text = bytes.toString('base64');
  out.reserve(text.length);
  out.byte(QUOTE);
  out.position += out.bytes.write(text, out.position, 'latin1');
  out.byte(QUOTE);
}
