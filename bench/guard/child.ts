// The process in which a rival's calls are counted. It does so once for each case that it is asked for.
import { rivalNamed } from '../rivals/index.js';
import { scenarioNamed } from '../scenarios/index.js';
import { Slice } from '../slice.js';
import { connectTo } from './connected.js';
import type { Case, Answer } from './counting.js';
import type { Counts } from './counts.js';
import { bytes, functions, objects, resources, type Stretch } from './counters.js';
import { NotCounted, systemCalls } from './systemCalls.js';

/** Enough for every connection to be open, and for V8 to have seen every path. */
const warmup = 500;
const many = 500;
/** For counters that slow the calls down. */
const few = 100;

async function count(asked: Case): Promise<Answer> {
  const { callers } = asked;
  const scenario = scenarioNamed(asked.scenario);
  const rival = await rivalNamed(asked.rival);
  await connectTo(asked, rival, scenario);
  const stretchOf =
    (calls: number): Stretch =>
    async () => {
      const slice = new Slice(scenario, { seconds: Infinity, calls });
      await Promise.all(Array.from({ length: callers }, () => rival.run(slice)));
      return slice.latencies.count;
    };
  await stretchOf(warmup)();
  const counted = callers === 1 ? await alone(stretchOf) : await together(stretchOf);
  const answer = await withSystemCalls(counted, stretchOf(many));
  await rival.close();
  return answer;
}

/** Of many callers, without what depends on how many replies one turn of the loop finds. */
async function together(stretchOf: (calls: number) => Stretch): Promise<Counts> {
  const size = await bytes(stretchOf(many));
  const made = await resources(stretchOf(many));
  const [promises, timers] = [made('PROMISE'), made('Timeout')];
  return { bytes: size, promises, timers, ticks: made('TickObject', 'Microtask') };
}

async function alone(stretchOf: (calls: number) => Stretch): Promise<Counts> {
  const size = await bytes(stretchOf(many));
  const made = await resources(stretchOf(many));
  return {
    bytes: size,
    promises: made('PROMISE'),
    timers: made('Timeout'),
    ticks: made('TickObject', 'Microtask'),
    immediates: made('Immediate'),
    objects: await objects(stretchOf(few)),
    functions: await functions(stretchOf(few))
  };
}

async function withSystemCalls(counts: Counts, stretch: Stretch): Promise<Answer> {
  try {
    return { counts: { ...counts, systemCalls: await systemCalls(stretch) } };
  } catch (error) {
    if (error instanceof NotCounted) return { counts, notCounted: error.message };
    throw error;
  }
}

process.on('disconnect', () => process.exit());
process.on('message', (asked: Case) => {
  count(asked).then(
    answer => process.send?.(answer),
    error => process.send?.({ error: String((error as Error).stack ?? error) })
  );
});
