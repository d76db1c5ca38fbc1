import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowOf } from '../cell.js';
import { Latencies } from '../latencies.js';
import { rotated } from '../rounds.js';
import { scenarioNamed } from '../scenarios/index.js';
import { spreadOf } from '../statistics.js';

const figures = (calls: number, cpuMs: number) => ({ calls, cpuMs, wallMs: 1000, p50Ms: 1, p99Ms: 2 });

test('a spread is the median and both ends, in whatever order', () => {
  assert.deepEqual(spreadOf([10, 9, 100]), { median: 10, min: 9, max: 100 });
  assert.deepEqual(spreadOf([4, 1, 3, 2]), { median: 2.5, min: 1, max: 4 });
});

test('percentiles are those of all samples, however many', () => {
  const latencies = new Latencies();
  for (let sample = 200_000; sample >= 1; sample--) latencies.add(sample);
  const percentile = latencies.percentiles();
  assert.deepEqual([percentile(0.5), percentile(0.99), percentile(1)], [100_000, 198_000, 200_000]);
});

test('ratios compare slices of the same round', () => {
  const row = rowOf(
    'raw',
    scenarioNamed('findOne'),
    [figures(200, 10), figures(900, 30)],
    [figures(100, 10), figures(100, 10)]
  );
  assert.deepEqual(row.timesTheCalls, { median: 5.5, min: 2, max: 9 });
  assert.deepEqual(row.timesLessCpu, { median: 2.5, min: 2, max: 3 });
});

test('processor time is also given for each part of a call', () => {
  const row = rowOf('raw', scenarioNamed('find1000'), [figures(10, 50)], undefined);
  assert.equal(row.cpuMicrosPerCall.median, 5000);
  assert.equal(row.cpuMicrosPerPart?.median, 5);
});

test('each round begins with the next rival', () => {
  assert.deepEqual(
    [0, 1, 2, 3].map(round => rotated(['a', 'b', 'c'], round).join('')),
    ['abc', 'bca', 'cab', 'abc']
  );
});
