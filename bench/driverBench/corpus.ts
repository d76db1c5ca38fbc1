import { copyOf } from '../documents.js';
import type { Bench } from './microBenchmark.js';

export const collectionName = 'corpus';

/** An empty collection, made anew before an iteration. */
export async function renew({ database }: Bench, name = collectionName): Promise<void> {
  await database.collection(name).drop();
  await database.createCollection(name);
}

/** Copies of a document, each an object of its own, made as the official driver's benchmarks make them. */
export const copies = (document: object, count: number): object[] =>
  Array.from({ length: count }, () => copyOf(document));
