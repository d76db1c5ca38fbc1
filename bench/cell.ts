// A cell of the results: one scenario with one number of callers on one server, of all rivals.
import type { Figures } from './protocol.js';
import { baseline } from './rivals/index.js';
import type { Scenario } from './scenarios/scenario.js';
import { spreadOf, type Spread } from './statistics.js';

export interface Row {
  rival: string;
  callsPerSecond: Spread;
  cpuMicrosPerCall: Spread;
  /** For what a call is made of. */
  cpuMicrosPerPart?: Spread;
  heapBytesPerPart?: Spread;
  p50Ms: Spread;
  p99Ms: Spread;
  /** Times as many calls a second as the baseline, slice by slice of the same round. */
  timesTheCalls?: Spread;
  /** Times less processor time for a call than the baseline, slice by slice of the same round. */
  timesLessCpu?: Spread;
}

export interface Cell {
  server: string;
  scenario: string;
  /** What a call is made of: documents, events, megabytes … */
  parts?: Scenario['parts'];
  callers: number;
  rounds: number;
  rows: Row[];
}

const throughput = ({ calls, wallMs }: Figures) => (calls / wallMs) * 1000;
const cpuMicros = ({ calls, cpuMs }: Figures) => (cpuMs / calls) * 1000;

/** The figures of a rival, one of each round, as a row; `others` are the baseline's, of the same rounds. */
export function rowOf(
  rival: string,
  { parts }: Scenario,
  figures: Figures[],
  others: Figures[] | undefined
): Row {
  const spread = (value: (figures: Figures) => number) => spreadOf(figures.map(value));
  const row: Row = {
    rival,
    callsPerSecond: spread(throughput),
    cpuMicrosPerCall: spread(cpuMicros),
    p50Ms: spread(({ p50Ms }) => p50Ms),
    p99Ms: spread(({ p99Ms }) => p99Ms)
  };
  if (parts) row.cpuMicrosPerPart = spread(each => cpuMicros(each) / parts.count);
  if (figures.some(({ heapBytes }) => heapBytes !== undefined))
    row.heapBytesPerPart = spread(({ heapBytes }) => heapBytes ?? NaN);
  if (others && rival !== baseline) {
    row.timesTheCalls = spreadOf(figures.map((own, round) => throughput(own) / throughput(others[round]!)));
    row.timesLessCpu = spreadOf(figures.map((own, round) => cpuMicros(others[round]!) / cpuMicros(own)));
  }
  return row;
}
