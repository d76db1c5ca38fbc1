// What a process pays before it is warm: each round of each rival is a new process.
import type { Options } from './options.js';
import { RivalProcess } from './rivalProcess.js';
import { baseline } from './rivals/index.js';
import { rotated } from './rounds.js';
import { findOne } from './scenarios/findOne.js';
import type { Server } from './servers/index.js';
import { spreadOf, type Spread } from './statistics.js';

const firstCalls = 1000;

export interface ColdRow {
  rival: string;
  /** Processor time to load the package; of a rival in another language, to start its process. */
  loadCpuMs: Spread;
  /** From there to the first document found. */
  firstCallWallMs: Spread;
  firstCallCpuMs: Spread;
  /** Of the calls of findOne after it, one after another: of a thousand in all, unless fewer were asked for. */
  cpuMicrosPerCall: Spread;
  /** Processor time to connect and for all of these calls. */
  allCallsCpuMs: Spread;
  /** Times less of that than the baseline, process by process of the same round. */
  timesLessCpu?: Spread;
}

export interface ColdStart {
  server: string;
  scenario: 'coldStart';
  rounds: number;
  rows: ColdRow[];
}

interface Start {
  load: number;
  wall: number;
  cpu: number;
  micros: number;
  all: number;
}

async function start(name: string, { uri }: Server, calls: number): Promise<Start> {
  const { rival, loading } = await RivalProcess.start(name);
  try {
    const connecting = await rival.connect(uri, findOne.name, findOne.collection, 1);
    const first = await rival.run(1, Infinity, 1);
    const next = await rival.run(1, Infinity, Math.max(1, calls - 1));
    const cpu = connecting.cpuMs + first.cpuMs;
    return {
      load: loading.cpuMs,
      wall: connecting.wallMs + first.wallMs,
      cpu,
      micros: (next.cpuMs / next.calls) * 1000,
      all: cpu + next.cpuMs
    };
  } finally {
    await rival.end();
  }
}

export async function measureColdStart(
  server: Server,
  { rivals, rounds, calls }: Options
): Promise<ColdStart> {
  const starts = new Map<string, Start[]>(rivals.map(name => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of rotated(rivals, round))
      starts.get(name)!.push(await start(name, server, Math.min(firstCalls, calls)));
  const rows = [...starts].map(([rival, all]) => rowOf(rival, all, starts.get(baseline)));
  return { server: server.name, scenario: 'coldStart', rounds, rows };
}

function rowOf(rival: string, starts: Start[], others: Start[] | undefined): ColdRow {
  const row: ColdRow = {
    rival,
    loadCpuMs: spreadOf(starts.map(({ load }) => load)),
    firstCallWallMs: spreadOf(starts.map(({ wall }) => wall)),
    firstCallCpuMs: spreadOf(starts.map(({ cpu }) => cpu)),
    cpuMicrosPerCall: spreadOf(starts.map(({ micros }) => micros)),
    allCallsCpuMs: spreadOf(starts.map(({ all }) => all))
  };
  if (others && rival !== baseline)
    row.timesLessCpu = spreadOf(starts.map((own, round) => others[round]!.all / own.all));
  return row;
}
