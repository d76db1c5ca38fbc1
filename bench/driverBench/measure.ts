// DriverBench for both drivers in one run: iteration by iteration in turn, each driver in a process of its own, which is new
// for each micro-benchmark.
import { databaseName } from '../documents.js';
import type { Options } from '../options.js';
import { rotated } from '../rounds.js';
import type { Server, ServerName } from '../servers/index.js';
import { nearestRank, spreadOf, type Spread } from '../statistics.js';
import { unpackData } from './data.js';
import { DriverError, DriverProcess } from './driverProcess.js';
import { microBenchmarks } from './index.js';
import type { MicroBenchmark } from './microBenchmark.js';
import type { Request } from './protocol.js';
import { composites, scoreOf, type Composite } from './scores.js';

/** The driver that the others are compared with comes first. */
export const drivers = { mongodb: 'mongodb', 'motor-promise': '../../..' };

const percentiles = [10, 25, 50, 75, 90, 95, 98, 99];

export interface Score {
  driver: string;
  /** Millions of bytes a second at the median. */
  score: number;
  /** Of the iterations' times, in milliseconds. */
  percentiles: Record<string, number>;
  /** Of the driver's process, for an iteration, in milliseconds. */
  cpuMs: Spread;
}

export interface Result extends Pick<MicroBenchmark, 'name' | 'group' | 'kind'> {
  bytes: number;
  iterations: number;
  scores: Score[];
  /** Times less time than the first driver, iteration by iteration of the same round. */
  times: Spread;
  /** Times less processor time than the first driver, likewise. */
  timesLessCpu: Spread;
}

export interface DriverBench {
  server: ServerName;
  results: Result[];
  composites: { driver: string; composites: Composite[] }[];
  leftOut: { name: string; reason: string }[];
}

type Bounds = Pick<Options, 'iterations' | 'seconds'>;

type Start = Omit<Request & { do: 'start' }, 'do' | 'database'>;

interface Iteration {
  ms: number;
  cpuMs: number;
}

/** Each driver's iterations. The first warms up, and counts only if it is all that there is time for. */
async function iterate(processes: DriverProcess[], { iterations, seconds }: Bounds): Promise<Iteration[][]> {
  const made = processes.map((): Iteration[] => []);
  const isDone = (own: Iteration[]) => own.reduce((sum, { ms }) => sum + ms, 0) > seconds * 1000;
  for (let round = 0; round < iterations && !made.every(isDone); round++)
    for (const index of rotated([...processes.keys()], round))
      made[index]!.push(await processes[index]!.ask({ do: 'iterate' }));
  return made.map(own => (own.length > 1 ? own.slice(1) : own));
}

function scored(bytes: number, made: readonly Iteration[]): Omit<Score, 'driver'> {
  const times = made.map(({ ms }) => ms);
  return {
    score: scoreOf(bytes, times),
    percentiles: Object.fromEntries(percentiles.map(each => [`p${each}`, nearestRank(times, each)])),
    cpuMs: spreadOf(made.map(({ cpuMs }) => cpuMs))
  };
}

async function measureOne(
  { name, group, kind }: MicroBenchmark,
  processes: DriverProcess[],
  bounds: Bounds
): Promise<Result> {
  let bytes = 0;
  for (const each of processes) ({ bytes } = await each.ask({ do: 'setUp', name }));
  const made = await iterate(processes, bounds);
  for (const each of processes) await each.ask({ do: 'tearDown' });
  const scores = processes.map(({ name }, index) => ({
    driver: name,
    ...scored(bytes, made[index]!)
  }));
  const rounds = Math.min(...made.map(({ length }) => length));
  const less = (of: keyof Iteration) =>
    spreadOf(Array.from({ length: rounds }, (_, round) => made[0]![round]![of] / made.at(-1)![round]![of]));
  const ratios = { times: less('ms'), timesLessCpu: less('cpuMs') };
  return { name, group, ...(kind && { kind }), bytes, iterations: rounds, scores, ...ratios };
}

const compositesOf = (results: Result[]) =>
  Object.keys(drivers).map((driver, index) => ({
    driver,
    composites: composites(results.map(result => ({ ...result, score: result.scores[index]!.score })))
  }));

const databaseOf = (driver: string) => `${databaseName}_perftest_${driver}`;

/** One micro-benchmark, in processes that have done nothing before: what others leave in memory is not collected in this one. */
async function measureAlone(benchmark: MicroBenchmark, start: Start, bounds: Bounds): Promise<Result> {
  const processes = Object.entries(drivers).map(([name, path]) => new DriverProcess(name, path));
  try {
    for (const each of processes) await each.ask({ do: 'start', ...start, database: databaseOf(each.name) });
    const result = await measureOne(benchmark, processes, bounds);
    for (const each of processes) await each.ask({ do: 'stop' });
    return result;
  } finally {
    await Promise.all(processes.map(each => each.end()));
  }
}

async function measureAll(start: Start, bounds: Bounds): Promise<Omit<DriverBench, 'server'>> {
  const results: Result[] = [];
  const leftOut: DriverBench['leftOut'] = [];
  for (const benchmark of microBenchmarks)
    try {
      results.push(await measureAlone(benchmark, start, bounds));
      console.log(`${benchmark.name}: ${results.at(-1)!.iterations} iterations`);
    } catch (error) {
      // What the official driver cannot do, the server has not.
      if (!(error instanceof DriverError) || error.driver !== Object.keys(drivers)[0]) throw error;
      leftOut.push({ name: benchmark.name, reason: error.message });
    }
  return { results, composites: compositesOf(results), leftOut };
}

export async function measureDriverBench(
  { name, uri, database }: Server,
  options: Options
): Promise<DriverBench> {
  const data = unpackData(options.files);
  const start = { uri, data: data.folder, share: options.smoke ? 0.01 : 1 };
  try {
    return { server: name, ...(await measureAll(start, options)) };
  } finally {
    data.remove();
    for (const driver of Object.keys(drivers)) await database?.client.db(databaseOf(driver)).dropDatabase();
  }
}
