// Counters for a stretch of calls, each of which leaves the process as it was.
import { createHook } from 'node:async_hooks';
import type { HeapProfiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { getHeapSpaceStatistics } from 'node:v8';

/** Makes calls, and gives how many. */
export type Stretch = () => Promise<number>;

/**
 * What is put into the young generation. Needs `--expose-gc`, and one that two stretches fit into, so that nothing is
 * collected meanwhile. The first takes what is set aside after a collection.
 */
export async function bytes(stretch: Stretch): Promise<number> {
  const { gc } = globalThis;
  if (!gc) throw new Error('bytes are counted under --expose-gc');
  gc();
  await stretch();
  const before = young();
  const calls = await stretch();
  return (young() - before) / calls;
}

const young = () =>
  getHeapSpaceStatistics()
    .filter(({ space_name }) => space_name.startsWith('new_'))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);

/** What the types leave out. */
type Sampled = HeapProfiler.SamplingHeapProfile & { samples: unknown[] };

/** The sampling profiler, which with an interval of one byte leaves no object out. */
export const objects = (stretch: Stretch): Promise<number> =>
  inspected(async inspector => {
    await inspector.post('HeapProfiler.startSampling', {
      samplingInterval: 1,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true
    });
    const calls = await stretch();
    const { profile } = await inspector.post('HeapProfiler.stopSampling');
    return (profile as Sampled).samples.length / calls;
  });

/** Precise coverage: its first look begins the count anew. */
export const functions = (stretch: Stretch): Promise<number> =>
  inspected(async inspector => {
    await inspector.post('Profiler.enable');
    await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    await stretch();
    await inspector.post('Profiler.takePreciseCoverage');
    const calls = await stretch();
    const { result } = await inspector.post('Profiler.takePreciseCoverage');
    await inspector.post('Profiler.stopPreciseCoverage');
    const each = result.flatMap(script => script.functions).map(({ ranges }) => ranges[0]?.count ?? 0);
    return each.reduce((sum, count) => sum + count, 0) / calls;
  });

/** What async_hooks hears of, by type. */
export async function resources(stretch: Stretch): Promise<(...types: string[]) => number> {
  const counted = new Map<string, number>();
  const hook = createHook({ init: (_id, type) => void counted.set(type, (counted.get(type) ?? 0) + 1) });
  hook.enable();
  const calls = await stretch();
  hook.disable();
  return (...types) => types.reduce((sum, type) => sum + (counted.get(type) ?? 0), 0) / calls;
}

async function inspected(count: (inspector: Session) => Promise<number>): Promise<number> {
  const inspector = new Session();
  inspector.connect();
  try {
    return await count(inspector);
  } finally {
    inspector.disconnect();
  }
}
