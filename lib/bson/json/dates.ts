import { writePair } from './numbers.js';
import type { JsonOutput } from './output.js';

const DASH = 0x2d;
const COLON = 0x3a;
const POINT = 0x2e;
const ZERO = 0x30;
const T = 0x54;
const Z = 0x5a;

/** The years of four digits, but for the year 0. */
const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** Most that JavaScript has, before and after 1970. */
const MOST = 8.64e15;

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Years are counted from a March, so that a leap day is the last of a year; and by 400, which are all as long. */
const DAYS_BEFORE_1970 = 719_468;
const DAYS_IN_400_YEARS = 146_097;

/** Whether JavaScript has such a time, in milliseconds since 1970. */
export function isTime(time: number): boolean {
  return Math.abs(time) <= MOST;
}

/**
 * A time as `Date.prototype.toISOString` writes it, without quotes.
 *
 * @param time - since 1970, in milliseconds
 * @param short - leave out the milliseconds when they are 0
 */
export function writeTime(out: JsonOutput, time: number, short = false): void {
  if (!(time >= FIRST && time <= LAST)) return out.ascii(new Date(time).toISOString());
  const days = Math.floor(time / DAY);
  const inDay = time - days * DAY;
  writeDay(out, days + DAYS_BEFORE_1970);
  out.byte(T);
  writeTimeOfDay(out, inDay, short);
  out.byte(Z);
}

/** The civil calendar: see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
function writeDay(out: JsonOutput, days: number): void {
  const era = (days / DAYS_IN_400_YEARS) | 0;
  const inEra = days - era * DAYS_IN_400_YEARS;
  const yearInEra =
    ((inEra - ((inEra / 1460) | 0) + ((inEra / 36_524) | 0) - ((inEra / 146_096) | 0)) / 365) | 0;
  const inYear = inEra - (365 * yearInEra + (yearInEra >> 2) - ((yearInEra / 100) | 0));
  const fromMarch = ((5 * inYear + 2) / 153) | 0;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = era * 400 + yearInEra + (month <= 2 ? 1 : 0);
  const century = (year / 100) | 0;
  writePair(out, century);
  writePair(out, year - century * 100);
  out.byte(DASH);
  writePair(out, month);
  out.byte(DASH);
  writePair(out, inYear - (((153 * fromMarch + 2) / 5) | 0) + 1);
}

function writeTimeOfDay(out: JsonOutput, time: number, short: boolean): void {
  const minutes = (time / MINUTE) | 0;
  const hours = (minutes / 60) | 0;
  const inMinute = time - minutes * MINUTE;
  const seconds = (inMinute / 1000) | 0;
  const milliseconds = inMinute - seconds * 1000;
  writePair(out, hours);
  out.byte(COLON);
  writePair(out, minutes - hours * 60);
  out.byte(COLON);
  writePair(out, seconds);
  if (short && milliseconds === 0) return;
  const tens = (milliseconds / 10) | 0;
  out.byte(POINT);
  writePair(out, tens);
  out.byte(ZERO + milliseconds - tens * 10);
}
