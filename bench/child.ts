// The process of one rival: it does what the parent asks, one thing at a time, and measures itself.
import assert from 'node:assert/strict';
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
  const writes = scenario.finds === 0;
  const countBefore = writes ? await rival.count() : 0;
  const slice = new Slice(scenario, bounds);
  const all = () => Promise.all(Array.from({ length: callers }, () => rival.run(slice)));
  const effort = await measured(all);
  scenario.verify(slice.last);
  const calls = slice.latencies.count;
  if (writes)
    assert.equal(
      (await rival.count()) - countBefore,
      calls,
      'the server counts other inserts than were made'
    );
  const percentile = slice.latencies.percentiles();
  return { ...effort, calls, p50Ms: percentile(0.5), p99Ms: percentile(0.99) };
}

async function obey(rival: Rival, request: Request): Promise<Effort | Figures> {
  if (request.do === 'run') return run(rival, request.callers, request);
  if (request.do === 'close') return measured(() => rival.close());
  scenario = scenarioNamed(request.scenario);
  await rival.close();
  return measured(() => rival.connect({ ...request, scenario }));
}

const answer = (message: Answer) => process.send?.(message);
const fail = (error: unknown) =>
  answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });

process.on('disconnect', () => process.exit());
process.on('SIGINT', () => {});

let rival: Rival;
measured(async () => (rival = await rivalNamed(process.argv[2] ?? ''))).then(effort => {
  process.on('message', (request: Request) => void obey(rival, request).then(answer, fail));
  answer(effort);
}, fail);
