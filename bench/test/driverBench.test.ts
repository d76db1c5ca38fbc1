import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microBenchmarks } from '../driverBench/index.js';
import { composites, scoreOf, type Scored } from '../driverBench/scores.js';
import { nearestRank } from '../statistics.js';

const score = (name: string, score: number): Scored => ({
  ...microBenchmarks.find(each => each.name === name)!,
  score
});
const compositeScores = (scored: Scored[]) =>
  Object.fromEntries(composites(scored).map(({ name, score }) => [name, score]));

test('a percentile is the value at int(N * p / 100) - 1 of the sorted times', () => {
  const times = Array.from({ length: 100 }, (_, index) => 100 - index);
  assert.deepEqual(
    [10, 50, 99].map(each => nearestRank(times, each)),
    [10, 50, 99]
  );
  assert.equal(nearestRank([3, 1, 2], 50), 1);
  assert.equal(nearestRank([7], 10), 7);
});

test('a score is millions of bytes a second at the median', () => {
  assert.equal(scoreOf(16_220_000, [1000, 2000, 4000, 500]), 16.22);
});

test('composites are plain averages, and the last one is that of reading and writing', () => {
  const scored = [
    score('Flat BSON Encoding', 100),
    score('Flat BSON Decoding', 50),
    score('Run command', 1000),
    score('Find one by ID', 10),
    score('Small doc insertOne', 20),
    score('Find many and empty the cursor', 30),
    score('Small doc bulk insert', 40),
    score('LDJSON multi-file import', 60),
    score('GridFS multi-file download', 80)
  ];
  assert.deepEqual(compositeScores(scored), {
    BSONBench: 75,
    SingleBench: 15,
    MultiBench: 35,
    ParallelBench: 70,
    ReadBench: 40,
    WriteBench: 40,
    DriverBench: 40
  });
});

test('a composite that nothing counts in is not given', () => {
  assert.deepEqual(compositeScores([score('Deep BSON Encoding', 3)]), { BSONBench: 3 });
});

test('there are all micro-benchmarks of the specification, and each counts where it says', () => {
  const count = (key: 'group' | 'kind', value: string) =>
    microBenchmarks.filter(each => each[key] === value).length;
  assert.deepEqual(
    ['BSON', 'Single', 'Multi', 'Parallel'].map(group => count('group', group)),
    [6, 4, 11, 4]
  );
  assert.deepEqual([count('kind', 'read'), count('kind', 'write')], [5, 13]);
  assert.equal(new Set(microBenchmarks.map(({ name }) => name)).size, 25);
});
