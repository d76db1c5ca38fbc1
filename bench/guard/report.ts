// What the guard says.
import { table } from '../report.js';
import type { Comparison, Difference } from './compare.js';
import { names, type Counts } from './counts.js';
import { round } from './stated.js';

const number = (value: number | undefined) =>
  value === undefined ? '' : round(value).toLocaleString('en-US');

/** All counts, as a table in Markdown. */
export const countsTable = (found: ReadonlyMap<string, Counts>): string =>
  table<[string, Counts]>(
    {
      'of one call': ([name]) => name,
      ...Object.fromEntries(names.map(count => [titleOf(count), ([, counts]) => number(counts[count])]))
    },
    [...found]
  );

/** `systemCalls` as "system calls". */
const titleOf = (count: string) => count.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);

const line = ({ name, count, stated, found }: Difference) =>
  `  ${name}: ${titleOf(count)}: stated ${number(stated) || 'nothing'}, found ${number(found)}`;

/** Says what is to be done, if anything is. */
export function verdict({ grown, fallen }: Comparison): string {
  const lines: string[] = [];
  if (fallen.length > 0)
    lines.push(
      'A call costs less than bench/guard.json states: let it state less (--update-guard).',
      ...fallen.map(line)
    );
  if (grown.length > 0)
    lines.push(
      'A call costs more than bench/guard.json states. Make it cost less again, or change that file (--update-guard)',
      'and say why in the commit:',
      ...grown.map(line)
    );
  return lines.length > 0 ? lines.join('\n') : 'ok: no call costs more than bench/guard.json states';
}
