import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cell, Row } from '../cell.js';
import { chart } from '../chart/chart.js';

const spread = (median: number, reach = 0) => ({ median, min: median - reach, max: median + reach });
const row = (rival: string, micros: number, less?: number): Row => ({
  rival,
  callsPerSecond: spread(1),
  cpuMicrosPerCall: spread(micros, micros / 10),
  p50Ms: spread(1),
  p99Ms: spread(1),
  ...(less && { timesLessCpu: spread(less) })
});
const cell = (scenario: string, callers: number, ...rows: Row[]): Cell => ({
  server: 'canned',
  scenario,
  callers,
  rounds: 3,
  rows
});

const findOne = cell(
  'findOne',
  100,
  row('mongodb', 200),
  row('motor-promise', 50, 4),
  row('x&<y>', 400, 0.5)
);
const all = { callers: 100 };

test('a bar is as long as its processor time, beside the longest range of its group', () => {
  const widths = [...chart([findOne], all).matchAll(/<rect class="(\w+)".*? width="([\d.]+)"/g)];
  assert.deepEqual(
    widths.map(([, kind, width]) => [kind, Number(width)]),
    [
      ['baseline', 190.9],
      ['ours', 47.7],
      ['other', 381.8]
    ]
  );
});

test('beside a bar stands the figure, and how many times less or more than the baseline it is', () => {
  const svg = chart([findOne], all);
  for (const note of ['>200 µs<', '>50 µs, 4× less<', '>400 µs, 2× more<']) assert(svg.includes(note), note);
  assert.match(chart([cell('find', 1, row('mongodb', 2_345_000))], all), />2\.35 s</);
  assert.match(chart([cell('find', 1, row('mongodb', 4567))], all), />4\.57 ms</);
});

test('names are text, whatever is in them', () => {
  assert.match(chart([findOne], all), />x&amp;&lt;y></);
});

test('of each scenario, the most callers that do not exceed those asked for are drawn', () => {
  const cells = [1, 10, 1000].map(callers => cell('findOne', callers, row('mongodb', 1)));
  const cold = { server: 'canned', scenario: 'coldStart', rounds: 1, rows: [] } as unknown as Cell;
  assert.match(chart([...cells, cold], all), /findOne, 10 callers, canned server/);
  assert.doesNotMatch(chart([...cells, cold], all), /1000 callers|1 caller,|coldStart/);
});

test('scenarios and rivals can be chosen', () => {
  const other = cell('insertOne', 100, row('mongodb', 1));
  const svg = chart([findOne, other], { ...all, scenarios: ['findOne'], rivals: ['mongodb'] });
  assert.doesNotMatch(svg, /insertOne|motor-promise/);
  assert.throws(() => chart([findOne], { ...all, scenarios: ['none'] }), /nothing in the results fits/);
});
