import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../guard/compare.js';
import { counting } from '../guard/counting.js';
import type { Counts } from '../guard/counts.js';
import { countsTable, verdict } from '../guard/report.js';
import { readStated, restated, type Stated } from '../guard/stated.js';
import { totalOf as instructionsIn } from '../guard/instructions.js';
import { totalOf } from '../guard/systemCalls.js';
import { startServer } from '../servers/index.js';

const name = 'findOne, motor-promise, 1 caller';
const { tolerance } = readStated();
const counts: Counts = { promises: 2, timers: 0, ticks: 1, bytes: 20000, systemCalls: 2 };
const stating = (stated: Partial<Counts>): Stated => ({ node: 20, tolerance, calls: { [name]: stated } });
const finding = (found: Partial<Counts>) => new Map([[name, { ...counts, ...found }]]);

test('what is as stated, or differs by less than is tolerated, passes', () => {
  const found = finding({ bytes: counts.bytes + tolerance.bytes - 1, promises: 2.01 });
  const comparison = compare(stating(counts), found, 20);
  assert.deepEqual(comparison, { grown: [], fallen: [] });
  assert.match(verdict(comparison), /^ok: /);
});

test('a count that has grown fails, and is named with what was stated, what was found and what to do', () => {
  const comparison = compare(stating(counts), finding({ promises: 3 }), 20);
  assert.deepEqual(comparison.grown, [{ name, count: 'promises', stated: 2, found: 3 }]);
  assert.match(
    verdict(comparison),
    /--update-guard[^]*why in the commit[^]*1 caller: promises: stated 2, found 3/
  );
});

test('a timer where none is stated is a growth', () => {
  const comparison = compare(stating(counts), finding({ timers: 1 }), 20);
  assert.match(verdict(comparison), /timers: stated 0, found 1/);
});

test('a count that fell is told of, and fails nothing', () => {
  const comparison = compare(stating(counts), finding({ bytes: 15000 }), 20);
  assert.deepEqual(comparison.grown, []);
  assert.match(verdict(comparison), /less[^]*bytes: stated 20,000, found 15,000/);
});

test('a call for which nothing is stated fails', () => {
  const comparison = compare({ node: 20, tolerance, calls: {} }, finding({}), 20);
  assert.equal(comparison.grown.length, Object.keys(counts).length);
  assert.match(verdict(comparison), /bytes: stated nothing, found 20,000/);
});

test('what could not be counted is not compared', () => {
  const { systemCalls: _, ...rest } = counts;
  assert.deepEqual(compare(stating(counts), new Map([[name, rest]]), 20).grown, []);
});

test('on another version of Node only what does not depend on it is compared', () => {
  const { grown } = compare(stating(counts), finding({ bytes: 90000, systemCalls: 9, promises: 3 }), 22);
  assert.deepEqual(
    grown.map(({ count }) => count),
    ['promises']
  );
});

test('stating anew keeps what this machine cannot count, and forgets calls that are no longer counted', () => {
  const before: Stated = { ...stating({ ...counts, systemCalls: 7 }), node: 18 };
  before.calls['findOne, nobody, 1 caller'] = counts;
  const { systemCalls: _, ...rest } = counts;
  const { node, calls } = restated(
    before,
    new Map([[name, { ...rest, bytes: 12345.678, promises: 2.0144 }]])
  );
  assert.deepEqual(calls, { [name]: { ...counts, systemCalls: 7, bytes: 12346, promises: 2.01 } });
  assert.equal(node, Number(process.versions.node.split('.')[0]));
  assert.deepEqual(
    compare({ node, tolerance, calls }, finding({ bytes: 12345.678, systemCalls: 7 })).grown,
    []
  );
});

test('system calls are those of the table of strace, less waits, locks and memory', () => {
  const said = `strace: Process 7 attached
strace: Process 7 detached
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 58.54    0.004400           4      1001           write
 31.12    0.002339           2      1003         2 read
  9.01    0.000677           0      1001           epoll_pwait
  1.33    0.000100           4        22         1 futex
------ ----------- ----------- --------- --------- ----------------
100.00    0.007516           2      3027         3 total
`;
  assert.equal(totalOf(said), 2004);
});

test('instructions are the total that valgrind prints', () => {
  const said = '==7== Command: node --jitless\n==7== \n==7== I refs:        1,234,567,890\n';
  assert.equal(instructionsIn(said), 1_234_567_890);
  assert.equal(instructionsIn('valgrind: node: command not found'), undefined);
});

test('the table has a column for each count', () => {
  assert.match(countsTable(finding({})), /system calls[^]*findOne, motor-promise, 1 caller[^]*20,000/);
});

test('a call that is awaited takes two promises, one that calls back none', async () => {
  const server = await startServer('canned', { tls: false, scenarios: [] });
  try {
    const count = async (rival: string) =>
      (await counting({ rival, scenario: 'insertOne', callers: 1, uri: server.uri })).counts;
    const [called, awaited] = [await count('motor-callback'), await count('motor-promise')];
    assert.equal(Math.round(called.promises), 0);
    assert.equal(Math.round(awaited.promises), 2);
    assert.ok(called.bytes > 1000 && called.functions! > 100 && called.objects! > 50, JSON.stringify(called));
  } finally {
    await server.stop();
  }
});

test('a rival that fails is an error that names the call', async () => {
  const asked = { rival: 'nobody', scenario: 'findOne', callers: 1, uri: 'mongodb://127.0.0.1:1' };
  await assert.rejects(counting(asked), /findOne, nobody, 1 caller: .*there is no rival 'nobody'/);
});
