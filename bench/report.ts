// The results as tables in Markdown.
import type { Cell, Row } from './cell.js';
import type { ColdRow, ColdStart } from './coldStart.js';
import { baseline } from './rivals/index.js';
import type { Spread } from './statistics.js';

const digits = (value: number) => (value >= 100 ? 0 : value >= 10 ? 1 : 2);
export const number = (value: number) =>
  value.toLocaleString('en-US', {
    minimumFractionDigits: digits(value),
    maximumFractionDigits: digits(value)
  });

/** The median, and the smallest and largest in brackets if there were several rounds. */
export function text(spread: Spread | undefined, unit = ''): string {
  if (!spread) return '';
  const { median, min, max } = spread;
  return `${number(median)}${unit}` + (min === max ? '' : ` (${number(min)}–${number(max)})`);
}

export type Columns<T> = Record<string, (row: T) => string>;

const columns: Columns<Row> = {
  rival: row => row.rival,
  'calls/s': row => text(row.callsPerSecond),
  [`calls/s, × ${baseline}`]: row => text(row.timesTheCalls, '×'),
  'CPU µs/call': row => text(row.cpuMicrosPerCall),
  [`× less CPU than ${baseline}`]: row => text(row.timesLessCpu, '×'),
  'p50 ms': row => text(row.p50Ms),
  'p99 ms': row => text(row.p99Ms)
};
const partColumn = (unit: string): Columns<Row> => ({
  [`CPU µs/${unit}`]: row => text(row.cpuMicrosPerPart)
});
const heapColumn = (unit: string): Columns<Row> => ({
  [`heap bytes/${unit}`]: row => text(row.heapBytesPerPart)
});

const coldColumns: Columns<ColdRow> = {
  rival: row => row.rival,
  'load, CPU ms': row => text(row.loadCpuMs),
  'connect and first findOne, ms': row => text(row.firstCallWallMs),
  'the same, CPU ms': row => text(row.firstCallCpuMs),
  'next findOne, CPU µs/call': row => text(row.cpuMicrosPerCall),
  'connect and all calls, CPU ms': row => text(row.allCallsCpuMs),
  [`× less CPU than ${baseline}`]: row => text(row.timesLessCpu, '×')
};

export function table<T>(columns: Columns<T>, rows: readonly T[]): string {
  const lines = [Object.keys(columns), ...rows.map(row => Object.values(columns).map(column => column(row)))];
  const widths = lines[0]!.map((_, column) => Math.max(3, ...lines.map(line => line[column]!.length)));
  const padded = lines.map(line => line.map((cell, column) => cell.padEnd(widths[column]!)));
  padded.splice(
    1,
    0,
    widths.map(width => '-'.repeat(width))
  );
  return padded.map(line => `| ${line.join(' | ')} |`).join('\n');
}

const roundsOf = (count: number) => (count === 1 ? '1 round' : `${count} rounds, medians and ranges`);

export function cellTable({ server, scenario, parts, callers, rounds, rows }: Cell): string {
  const who = callers === 1 ? '1 caller' : `${callers} callers`;
  const shown = {
    ...columns,
    ...(parts && partColumn(parts.unit)),
    ...(parts && rows.some(({ heapBytesPerPart }) => heapBytesPerPart) && heapColumn(parts.unit))
  };
  return `### ${scenario}, ${who}, ${server} server (${roundsOf(rounds)})\n\n${table(shown, rows)}\n`;
}

export const coldStartTable = ({ server, rounds, rows }: ColdStart): string =>
  `### cold start, ${server} server (${roundsOf(rounds)})\n\n${table(coldColumns, rows)}\n`;

/** All that a smoke run says: what it took is no measurement. */
export const smokeLine = ({ server, scenario, rows }: Cell | ColdStart): string =>
  `ok: ${scenario} on the ${server} server by ${rows.map(({ rival }) => rival).join(', ')}`;
