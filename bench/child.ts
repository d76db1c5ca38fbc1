// The process of one rival: it does what the parent asks, one thing at a time, and measures itself.
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { rivalNamed } from './rivals/index.js';
import type { Rival } from './rivals/rival.js';
import { scenarioNamed } from './scenarios/index.js';
import type { Scenario } from './scenarios/scenario.js';
import type { Answer, Effort, Figures, Request } from './protocol.js';
import { Slice, type Bounds } from './slice.js';

let scenario: Scenario;

async function measured(work: () => PromiseLike<unknown>): Promise<Effort> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - started, cpuMs: (user + system) / 1000 };
}

async function run(rival: Rival, callers: number, bounds: Bounds): Promise<Figures> {
  const inserts = scenario.inserts ?? 0;
  const countBefore = inserts > 0 ? await rival.count() : 0;
  const slice = new Slice(scenario, bounds);
  const all = () => Promise.all(Array.from({ length: callers }, () => rival.run(slice)));
  const effort = await measured(all);
  scenario.verify(slice.last);
  const calls = slice.latencies.count;
  if (inserts > 0)
    assert.equal(
      (await rival.count()) - countBefore,
      calls * inserts,
      'the server counts other inserts than were made'
    );
  const percentile = slice.latencies.percentiles();
  const figures = { ...effort, calls, p50Ms: percentile(0.5), p99Ms: percentile(0.99) };
  return { ...figures, ...scenario.figures?.(slice.last) };
}

const boundsOf = ({ seconds, calls }: Request & { do: 'run' }): Bounds => ({
  seconds: seconds ?? Infinity,
  calls: calls ?? Infinity
});

async function obey(rival: Rival, request: Request): Promise<Effort | Figures> {
  if (request.do === 'run') return run(rival, request.callers, boundsOf(request));
  if (request.do === 'close') return measured(() => rival.close());
  scenario = scenarioNamed(request.scenario);
  await rival.close();
  return measured(() => rival.connect({ ...request, scenario }));
}

const answer = (message: Answer) => process.stdout.write(JSON.stringify(message) + '\n');
const fail = (error: unknown) =>
  answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });

process.stdout.on('error', () => process.exit()); // the parent has gone
process.on('SIGINT', () => {}); // the parent's, which lets go of this process when it ends

let rival: Rival;
measured(async () => (rival = await rivalNamed(process.argv[2] ?? ''))).then(effort => {
  createInterface(process.stdin)
    .on('line', line => void obey(rival, JSON.parse(line) as Request).then(answer, fail))
    .on('close', () => process.exit());
  answer(effort);
}, fail);
