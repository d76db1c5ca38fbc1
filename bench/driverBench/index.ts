import { bson } from './bson.js';
import type { MicroBenchmark } from './microBenchmark.js';
import { multi } from './multi.js';
import { parallel } from './parallel.js';
import { single } from './single.js';

export const microBenchmarks: readonly MicroBenchmark[] = [...bson, ...single, ...multi, ...parallel];
