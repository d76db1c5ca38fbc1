import { version as officialVersion } from 'mongodb/package.json';
import { version as ourVersion } from 'mongo-motor/package.json';
import type { Comparison, Measurement } from './measure';

interface Row {
  label: string;
  of: keyof Measurement;
  digits: number;
  moreIsBetter?: boolean;
}

const rows: Row[] = [
  { label: 'operations a second', of: 'throughput', digits: 0, moreIsBetter: true },
  { label: 'client CPU per operation, µs', of: 'cpu', digits: 0 },
  { label: 'latency p50, ms', of: 'p50', digits: 2 },
  { label: 'latency p99, ms', of: 'p99', digits: 2 }
];

/** The measurements side by side; a ratio above 1 is in favour of mongo-motor. */
export function table(comparisons: Comparison[]): string {
  const head = line('callers', '', `mongodb ${officialVersion}`, `mongo-motor ${ourVersion}`, 'better by');
  const blocks = comparisons.map(comparison =>
    rows.map((row, index) => rowOf(row, comparison, index === 0)).join('\n')
  );
  return [head, ...blocks].join(`\n${'─'.repeat(head.length)}\n`);
}

function rowOf(
  { label, of, digits, moreIsBetter }: Row,
  { callers, official, ours }: Comparison,
  first: boolean
): string {
  const ratio = moreIsBetter ? ours[of] / official[of] : official[of] / ours[of];
  const show = (value: number) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return line(
    first ? String(callers) : '',
    label,
    show(official[of]),
    show(ours[of]),
    `${ratio.toFixed(2)} ×`
  );
}

function line(callers: string, label: string, official: string, ours: string, ratio: string): string {
  return [
    callers.padStart(7),
    label.padEnd(28),
    official.padStart(13),
    ours.padStart(17),
    ratio.padStart(9)
  ].join('  ');
}
