const { fromCharCode } = String;

/** What Node's buffers have for each encoding, without the options and checks of `toString` and `write`. */
export interface Text {
  utf8Slice(start: number, end: number): string;
  utf8Write(text: string, at: number): number;
}

/** Up to this many characters a string is read and written one by one: a call into Node costs more. */
export const SHORT = 24;

/** A short string of ASCII characters; undefined when there is any other among them. */
export function shortText(b: Uint8Array, i: number, end: number): string | undefined {
  let all = 0;
  for (let at = i; at < end; at++) all |= b[at]!;
  if (all > 127) return undefined;
  let text = '';
  for (; end - i >= 8; i += 8) {
    text += fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!);
  }
  return end === i ? text : text + upTo7(b, i, end - i);
}

function upTo7(b: Uint8Array, i: number, count: number): string {
  switch (count) {
    case 1:
      return fromCharCode(b[i]!);
    case 2:
      return fromCharCode(b[i]!, b[i + 1]!);
    case 3:
      return fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!);
    case 4:
      return fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!);
    case 5:
      return fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!);
    case 6:
      return fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!);
    default:
      return fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!);
  }
}
