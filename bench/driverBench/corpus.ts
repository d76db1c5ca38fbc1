import type { Bench } from './microBenchmark.js';

export const collectionName = 'corpus';

/** An empty collection, made anew before an iteration. */
export async function renew({ database }: Bench, name = collectionName): Promise<void> {
  await database.collection(name).drop();
  await database.createCollection(name);
}

/**
 * Copies of a document, each an object of its own: the driver puts an `_id` into it. Made as the official driver's benchmarks
 * make them. (V8 11 gives objects that were spread, and then get an `_id`, hidden classes of their own.)
 */
export const copies = (document: object, count: number): object[] =>
  Array.from({ length: count }, () => Object.assign({}, document));
