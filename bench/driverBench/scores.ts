// Scores by the specification: of a micro-benchmark, millions of bytes a second at the median; composites are averages.
import { nearestRank } from '../statistics.js';
import { megabyte, type MicroBenchmark } from './microBenchmark.js';

/** Millions of bytes a second, of iterations that worked on so many bytes each, in so many milliseconds. */
export const scoreOf = (bytes: number, milliseconds: readonly number[]): number =>
  bytes / megabyte / (nearestRank(milliseconds, 50) / 1000);

/** What a composite needs to know of a micro-benchmark. */
export type Scored = Pick<MicroBenchmark, 'name' | 'group' | 'kind'> & { score: number };

export interface Composite {
  name: string;
  score: number;
}

const average = (scores: readonly number[]) => scores.reduce((sum, score) => sum + score, 0) / scores.length;

const ofGroup = (group: MicroBenchmark['group']) => (each: Scored) =>
  each.group === group && each.name !== 'Run command';
const ofKind = (kind: MicroBenchmark['kind']) => (each: Scored) => each.kind === kind;

/** In the specification's order. One that none of the micro-benchmarks counts in is not given. */
export function composites(scored: readonly Scored[]): Composite[] {
  const composite = (name: string, counts: (each: Scored) => boolean) => ({
    name,
    score: average(scored.filter(counts).map(({ score }) => score))
  });
  const [read, write] = [composite('ReadBench', ofKind('read')), composite('WriteBench', ofKind('write'))];
  const all = [
    composite('BSONBench', ofGroup('BSON')),
    composite('SingleBench', ofGroup('Single')),
    composite('MultiBench', ofGroup('Multi')),
    composite('ParallelBench', ofGroup('Parallel')),
    read,
    write,
    { name: 'DriverBench', score: average([read.score, write.score]) }
  ];
  return all.filter(({ score }) => !Number.isNaN(score));
}
