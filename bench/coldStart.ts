// What a process pays before it is warm: each round of each rival is a new process.
import { collectionOf } from './documents.js';
import type { Options } from './options.js';
import { RivalProcess } from './rivalProcess.js';
import { rotated } from './rounds.js';
import type { Server } from './servers/index.js';
import { spreadOf, type Spread } from './statistics.js';

const callers = 10;
const firstCalls = 1000;

export interface ColdRow {
  rival: string;
  /** Processor time to load the package. */
  loadCpuMs: Spread;
  /** From there to the first document found. */
  firstCallWallMs: Spread;
  firstCallCpuMs: Spread;
  /** Of the next calls of findOne, a thousand unless fewer were asked for, made by ten callers. */
  cpuMicrosPerCall: Spread;
}

export interface ColdStart {
  server: string;
  scenario: 'coldStart';
  rounds: number;
  rows: ColdRow[];
}

async function start(name: string, { uri }: Server, calls: number) {
  const { rival, loading } = await RivalProcess.start(name);
  try {
    const connecting = await rival.connect(uri, 'findOne', collectionOf(1), callers);
    const first = await rival.run(1, Infinity, 1);
    const next = await rival.run(callers, Infinity, calls);
    return {
      load: loading.cpuMs,
      wall: connecting.wallMs + first.wallMs,
      cpu: connecting.cpuMs + first.cpuMs,
      micros: (next.cpuMs / next.calls) * 1000
    };
  } finally {
    await rival.end();
  }
}

export async function measureColdStart(
  server: Server,
  { rivals, rounds, calls }: Options
): Promise<ColdStart> {
  const starts = new Map<string, Awaited<ReturnType<typeof start>>[]>(rivals.map(name => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of rotated(rivals, round))
      starts.get(name)!.push(await start(name, server, Math.min(firstCalls, calls)));
  const rows = [...starts].map(([rival, all]) => ({
    rival,
    loadCpuMs: spreadOf(all.map(({ load }) => load)),
    firstCallWallMs: spreadOf(all.map(({ wall }) => wall)),
    firstCallCpuMs: spreadOf(all.map(({ cpu }) => cpu)),
    cpuMicrosPerCall: spreadOf(all.map(({ micros }) => micros))
  }));
  return { server: server.name, scenario: 'coldStart', rounds, rows };
}
