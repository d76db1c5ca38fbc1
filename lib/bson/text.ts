import { Buffer } from 'node:buffer';

interface Methods {
  utf8Slice(this: Buffer, start: number, end: number): string;
  utf8Write(this: Buffer, text: string, at: number): number;
}

/*
 * What Node's buffers have for UTF-8, without the options and checks of `toString` and `write`. V8 cannot look up what a typed
 * array inherits when it optimises a function, which it does in the background: a method that is called as one is
 * looked for at each call.
 */
const { utf8Slice: slice, utf8Write: write } = Buffer.prototype as object as Methods;

export function utf8Slice(bytes: Buffer, start: number, end: number): string {
  return slice.call(bytes, start, end);
}

/** Gives how many bytes there are. */
export function utf8Write(bytes: Buffer, text: string, at: number): number {
  return write.call(bytes, text, at);
}

/** Up to this many characters a string is written one by one: a call into Node costs more. */
export const MOST_WRITTEN = 24;
