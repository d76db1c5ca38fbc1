/** What Node's buffers have for each encoding, without the options and checks of `toString` and `write`. */
export interface Text {
  utf8Slice(start: number, end: number): string;
  utf8Write(text: string, at: number): number;
}

/** Up to this many characters a string is written one by one: a call into Node costs more. */
export const MOST_WRITTEN = 24;
