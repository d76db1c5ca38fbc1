/*
 * The guard: counts what a call takes of everything that does not depend on the machine's mood, and fails when a count
 * has grown and bench/guard.json does not state it.
 */
import { availableParallelism } from 'node:os';
import { startServer } from '../servers/index.js';
import { compare } from './compare.js';
import { counting, nameOf, type Case } from './counting.js';
import type { Counts } from './counts.js';
import { instructions } from './instructions.js';
import { countsTable, verdict } from './report.js';
import { nodeMajor, readStated, restated, writeStated } from './stated.js';
import { NotCounted } from './systemCalls.js';

type Counted = Omit<Case, 'uri'>;

const casesOf = (rivals: string[], callers: number[]): Counted[] =>
  ['findOne', 'insertOne'].flatMap(scenario =>
    callers.flatMap(callers => rivals.map(rival => ({ rival, scenario, callers })))
  );

const guarded = casesOf(['motor-promise', 'motor-callback', 'motor-yield'], [1, 100]);
/** Those of which instructions are counted, too, which takes half a minute for each. */
const weighed = casesOf(['motor-promise'], [1]).map(nameOf);
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
      const asked = { ...next, uri: server.uri };
      const { counts, notCounted } = await counting(asked);
      found.set(nameOf(next), counts);
      if (notCounted) reasons.add(`System calls were not counted: ${notCounted}`);
      if (weighed.includes(nameOf(next))) await weigh(asked, counts);
    }
  };
  const weigh = async (asked: Case, counts: Counts) => {
    try {
      counts.instructions = await instructions(asked);
    } catch (error) {
      if (!(error instanceof NotCounted)) throw error;
      reasons.add(`Instructions were not counted: ${error.message}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
  } finally {
    await server.stop();
  }
  for (const reason of reasons) console.log(reason);
  return found;
}
