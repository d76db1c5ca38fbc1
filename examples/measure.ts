import { withProgress } from './progress';
import type { Order, Slice } from './worker';
import { Worker } from './worker-process';

const drivers = ['mongodb', 'mongo-motor'];

/** What a driver did with so many callers. */
export interface Measurement {
  /** Operations a second. */
  throughput: number;
  /** CPU time of the client for an operation, in microseconds. */
  cpu: number;
  /** In milliseconds. */
  p50: number;
  p99: number;
}

export interface Comparison {
  callers: number;
  official: Measurement;
  ours: Measurement;
}

const levels = [1, 10, 100];
const slicesPerLevel = 4;
const milliseconds = 1_500;
/** Cold, any driver costs several times as much, which says nothing about a program that runs for a while. */
const warmUp: Order[] = [100, 100, 10, 1].map(callers => ({ callers, milliseconds }));

/** Measures both drivers, each in a process of its own. */
export async function measure(uri: string, database: string, signal: AbortSignal): Promise<Comparison[]> {
  const workers = drivers.map(driver => new Worker([driver, uri, database], signal));
  try {
    await Promise.all(workers.map(worker => worker.ready()));
    return await compare(workers);
  } finally {
    await Promise.all(workers.map(worker => worker.stop()));
  }
}

function compare(workers: Worker[]): Promise<Comparison[]> {
  const total = workers.length * (warmUp.length + levels.length * slicesPerLevel);
  return withProgress('measuring {bar} {value} of {total} slices', total, async done => {
    await takeTurns(workers, warmUp, done);
    const comparisons: Comparison[] = [];
    for (const callers of levels) {
      const orders: Order[] = Array(slicesPerLevel).fill({ callers, milliseconds });
      const [official, ours] = (await takeTurns(workers, orders, done)).map(summarise);
      comparisons.push({ callers, official: official!, ours: ours! });
    }
    return comparisons;
  });
}

/** Short slices of each driver by turns, so that whatever else the machine does meets both of them. */
async function takeTurns(
  workers: Worker[],
  orders: Order[],
  done: (more: number) => void
): Promise<Slice[][]> {
  const slices: Slice[][] = workers.map(() => []);
  for (const [turn, order] of orders.entries()) {
    const indexes = [...workers.keys()];
    // A then B, B then A: neither always follows the other.
    for (const index of turn % 2 ? indexes.reverse() : indexes) {
      slices[index]!.push(await workers[index]!.run(order));
      done(1);
    }
  }
  return slices;
}

function summarise(slices: Slice[]): Measurement {
  const latencies = slices.flatMap(slice => slice.latencies).sort((a, b) => a - b);
  const total = (of: 'seconds' | 'cpu') => slices.reduce((sum, slice) => sum + slice[of], 0);
  const percentile = (share: number) => latencies[Math.ceil(latencies.length * share) - 1]!;
  return {
    throughput: latencies.length / total('seconds'),
    cpu: total('cpu') / latencies.length,
    p50: percentile(0.5),
    p99: percentile(0.99)
  };
}
