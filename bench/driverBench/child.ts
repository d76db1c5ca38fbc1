// The process of one driver: node child.js PACKAGE. It does what the parent asks, one thing at a time.
import { createRequire } from 'node:module';
import { microBenchmarks } from './index.js';
import type { Bench, Driver, Task } from './microBenchmark.js';
import type { Answer, Request } from './protocol.js';

const driver = createRequire(import.meta.url)(process.argv[2]!) as Driver;

let bench: Bench;
let task: Task;

async function start({ uri, database, ...rest }: Request & { do: 'start' }): Promise<void> {
  const client = await driver.MongoClient.connect(uri);
  bench = { driver, client, database: client.db(database), ...rest };
}

async function setUp(name: string): Promise<Answer> {
  const benchmark = microBenchmarks.find(each => each.name === name);
  if (!benchmark) throw new Error(`there is no micro-benchmark '${name}'`);
  await bench.database.dropDatabase();
  task = await benchmark.setUp(bench);
  return { bytes: task.bytes };
}

async function iterate(): Promise<Answer> {
  await task.before?.();
  const cpu = process.cpuUsage();
  const started = performance.now();
  await task.run();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

async function obey(request: Request): Promise<Answer> {
  if (request.do === 'start') await start(request);
  if (request.do === 'setUp') return setUp(request.name);
  if (request.do === 'iterate') return iterate();
  if (request.do === 'tearDown') await bench.database.dropDatabase();
  if (request.do === 'stop') await bench.client.close();
  return {};
}

const answer = (message: Answer) => process.send?.(message);
const fail = (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) });

process.on('message', (request: Request) => void obey(request).then(answer, fail));
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => {}); // the parent's, which lets go of this process when it ends
