/* The objects that JavaScript has itself, beside arrays and plain ones. */
import { writeByBson } from './by-bson.js';
import type { Key } from './keys.js';
import type { Output } from './output.js';
import type { Value } from './values.js';

export function writeBuiltIn(out: Output, key: Key, name: string, value: Value): void {
  if (value instanceof Date) writeDate(out, key, name, value);
  else if (value instanceof Uint8Array) writeBytes(out, key, name, value);
  else if (!(value instanceof RegExp) || !writeRegExp(out, key, name, value)) writeByBson(out, name, value);
}

export function writeDate(out: Output, key: Key, name: string, value: Date): void {
  out.element(9, key, name);
  out.int64(value.getTime());
}

function writeBytes(out: Output, key: Key, name: string, value: Uint8Array): void {
  out.element(5, key, name);
  out.int32(value.length);
  out.byte(0);
  out.copy(value);
}

/** Of the flags those that BSON has, as bson translates them: `g` becomes its `s`. Not what bson refuses. */
function writeRegExp(out: Output, key: Key, name: string, value: RegExp): boolean {
  const { source } = value;
  if (typeof source !== 'string' || source.includes('\0')) return false;
  out.element(11, key, name);
  out.cString(source);
  out.cString((value.ignoreCase ? 'i' : '') + (value.global ? 's' : '') + (value.multiline ? 'm' : ''));
  return true;
}
