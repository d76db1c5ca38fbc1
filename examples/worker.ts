import { performance } from 'node:perf_hooks';
import type { MongoClient } from 'mongodb';
import { workload } from './workload';

/*
 * A process that runs the workload through one driver, so that all CPU time it uses is that of this driver and its
 * callers. It is told what to do by messages, and answers each with what it measured.
 */
export interface Order {
  callers: number;
  milliseconds: number;
}

export interface Slice {
  seconds: number;
  /** User and system time of this process, in microseconds. */
  cpu: number;
  /** Of each operation, in milliseconds. */
  latencies: number[];
}

type Workload = Awaited<ReturnType<typeof workload>>;
type Driver = { MongoClient: new (uri: string) => MongoClient };

async function main(driver = '', uri = '', database = ''): Promise<void> {
  const { MongoClient }: Driver = await (driver === 'mongodb' ? import('mongodb') : import('mongo-motor'));
  const operation = await workload(new MongoClient(uri).db(database));
  process.on('message', async (order: Order) => process.send?.(await slice(operation, order)));
  process.send?.('ready');
}

/** So many callers do one operation after the other until the time is over. */
async function slice(operation: Workload, { callers, milliseconds }: Order): Promise<Slice> {
  const latencies: number[] = [];
  let turn = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const caller = async () => {
    for (let now = start; now - start < milliseconds;) {
      const before = performance.now();
      await operation(turn++);
      now = performance.now();
      latencies.push(now - before);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - start) / 1000, cpu: user + system, latencies };
}

process.once('disconnect', () => process.exit());
// Ctrl-C reaches the whole group of processes: the parent ends this one, once it has noticed.
process.on('SIGINT', () => undefined);
void main(...process.argv.slice(2));
