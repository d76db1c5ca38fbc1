const { fromCharCode } = String;

/** What Node's buffers have for each encoding, without the options and checks of `toString` and `write`. */
export interface Text {
  utf8Slice(start: number, end: number): string;
  utf8Write(text: string, at: number): number;
}

/** Up to this many characters a string is written one by one, and one of so many bytes read: a call into Node costs more. */
export const MOST_WRITTEN = 24;
export const MOST_READ = 16;

/** A string of up to 16 ASCII characters; undefined when there is any other among them. */
export function shortText(b: Uint8Array, i: number, end: number): string | undefined {
  let all = 0;
  for (let at = i; at < end; at++) all |= b[at]!;
  if (all > 127) return undefined;
  const size = end - i;
  if (size <= 8) return upTo8(b, i, size);
  return first16(b, i).substring(0, size);
}

/** What is beyond the end of the bytes is a zero. */
function first16(b: Uint8Array, i: number): string {
  return fromCharCode(
    b[i]!,
    b[i + 1]!,
    b[i + 2]!,
    b[i + 3]!,
    b[i + 4]!,
    b[i + 5]!,
    b[i + 6]!,
    b[i + 7]!,
    b[i + 8]!,
    b[i + 9]!,
    b[i + 10]!,
    b[i + 11]!,
    b[i + 12]!,
    b[i + 13]!,
    b[i + 14]!,
    b[i + 15]!
  );
}

function upTo8(b: Uint8Array, i: number, count: number): string {
  switch (count) {
    case 0:
      return '';
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
    case 7:
      return fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!);
    default:
      return fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!);
  }
}
