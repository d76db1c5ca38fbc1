// What a call may cost, as it is kept with the sources: bench/guard.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { names, type Count, type Counts } from './counts.js';

export interface Stated {
  /** The major version of Node that it was counted with. */
  node: number;
  /** How far a count may be above what is stated: what it differs by from run to run. */
  tolerance: Record<Count, number>;
  /** By case, such as "findOne, motor-promise, 1 caller". */
  calls: Record<string, Partial<Counts>>;
}

export const statedFile = fileURLToPath(new URL('../../guard.json', import.meta.url));
export const nodeMajor = Number(process.versions.node.split('.')[0]);

export const readStated = (file = statedFile): Stated => JSON.parse(readFileSync(file, 'utf8')) as Stated;

/** States what was found. A count that this machine could not make stays as it was stated. */
export function restated({ tolerance, calls }: Stated, found: ReadonlyMap<string, Counts>): Stated {
  const entries = [...found].map(([name, counts]) => [name, rounded({ ...calls[name], ...counts })] as const);
  return { node: nodeMajor, tolerance, calls: Object.fromEntries(entries) };
}

export function writeStated(stated: Stated, file = statedFile): void {
  writeFileSync(file, JSON.stringify(stated, null, 2) + '\n');
}

function rounded(counts: Partial<Counts>): Partial<Counts> {
  const stated = names.filter(name => counts[name] !== undefined);
  return Object.fromEntries(stated.map(name => [name, round(counts[name]!)]));
}

/** To hundredths, and from a hundred on to whole numbers. */
export const round = (value: number): number =>
  value < 100 ? Math.round(value * 100) / 100 : Math.round(value);
