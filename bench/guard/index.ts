/*
 * The guard: counts what a call takes of everything that does not depend on the machine's mood, and fails when a count
 * has grown and bench/guard.json does not state it.
 *
 * Instructions are not among them. Virtual machines have no counter for `perf stat`, and under valgrind a process is a
 * quarter of a minute old before its first call; the functions that are called stand for them.
 */
import { availableParallelism } from 'node:os';
import { startServer } from '../servers/index.js';
import { compare } from './compare.js';
import { counting, nameOf, type Case } from './counting.js';
import type { Counts } from './counts.js';
import { countsTable, verdict } from './report.js';
import { nodeMajor, readStated, restated, writeStated } from './stated.js';

type Counted = Omit<Case, 'uri'>;

const casesOf = (rivals: string[], callers: number[]): Counted[] =>
  ['findOne', 'insertOne'].flatMap(scenario =>
    callers.flatMap(callers => rivals.map(rival => ({ rival, scenario, callers })))
  );

const guarded = casesOf(['motor-promise', 'motor-callback', 'motor-yield'], [1, 100]);
/** What is only shown. */
const beside = casesOf(['mongodb'], [1, 100]);

export interface GuardOptions {
  /** Whether bench/guard.json is to state what is found. */
  update: boolean;
  /** Whether the official driver's calls are counted, too. */
  besideOthers: boolean;
}

/** Gives whether all is as it is stated, or less. */
export async function guard({ update, besideOthers }: GuardOptions): Promise<boolean> {
  const found = await countAll(guarded);
  const others = besideOthers ? await countAll(beside) : [];
  console.log(countsTable(new Map([...found, ...others])));
  const stated = readStated();
  if (update) {
    writeStated(restated(stated, found));
    console.log('bench/guard.json states this now');
    return true;
  }
  if (stated.node !== nodeMajor)
    console.log(
      `Stated for Node ${stated.node}: on ${nodeMajor} only what does not depend on that is compared`
    );
  const comparison = compare(stated, found);
  console.log(verdict(comparison));
  return comparison.grown.length === 0;
}

async function countAll(cases: readonly Counted[]): Promise<Map<string, Counts>> {
  const server = await startServer('canned', { tls: false, scenarios: [] });
  const found = new Map<string, Counts>(cases.map(each => [nameOf(each), {} as Counts]));
  const waiting = [...cases];
  const reasons = new Set<string>();
  const lane = async () => {
    for (let next; (next = waiting.shift());) {
      const { counts, notCounted } = await counting({ ...next, uri: server.uri });
      found.set(nameOf(next), counts);
      if (notCounted) reasons.add(notCounted);
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
  } finally {
    await server.stop();
  }
  for (const reason of reasons) console.log(`System calls were not counted: ${reason}`);
  return found;
}
