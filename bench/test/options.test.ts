import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions, UsageError } from '../options.js';
import { scenarios as all } from '../scenarios/index.js';

const refuses = (args: string[], message: RegExp) =>
  assert.throws(
    () => readOptions(args),
    error => error instanceof UsageError && message.test(error.message)
  );

test('without arguments, every scenario is measured on the canned server', () => {
  const { servers, scenarios, callers } = readOptions([]);
  assert.deepEqual(servers, ['canned']);
  assert.deepEqual(scenarios, [...all.map(({ name }) => name), 'coldStart']);
  assert.deepEqual(callers, [1, 10, 100, 1000]);
});

test('lists are separated by commas, and a name given twice counts once', () => {
  const { rivals, callers } = readOptions(['--rivals', 'raw,mongodb,raw', '--callers', '5,50']);
  assert.deepEqual(rivals, ['raw', 'mongodb']);
  assert.deepEqual(callers, [5, 50]);
});

test('a connection string stands for a real server', () => {
  assert.deepEqual(readOptions(['--uri', 'mongodb://localhost']).servers, ['real']);
});

test('a smoke run is short, but for what is asked for', () => {
  const { rounds, calls, callers } = readOptions(['--smoke', '--callers', '3']);
  assert.deepEqual({ rounds, calls, callers }, { rounds: 1, calls: 4, callers: [3] });
});

test('over TLS, the rival without a driver takes no part, and only the canned server is asked for', () => {
  assert.equal(readOptions(['--tls']).rivals.includes('raw'), false);
  assert.equal(readOptions(['--tls', '--smoke']).tls, true);
  refuses(['--tls', '--server', 'real'], /--tls: expected the canned server/);
});

test('DriverBench is measured on a real server if no other is asked for, longer than a slice, and tried out briefly in a smoke run', () => {
  const { driverBench, servers, seconds, iterations, files } = readOptions(['--driver-bench']);
  assert.deepEqual(
    { driverBench, servers, seconds, iterations, files },
    { driverBench: true, servers: ['real'], seconds: 4, iterations: 100, files: 20 }
  );
  assert.equal(readOptions(['--driver-bench', '--smoke']).iterations, 1);
  assert.equal(readOptions(['--driver-bench', '--uri', 'mongodb://localhost', '--files', '100']).files, 100);
  assert.deepEqual(readOptions(['--driver-bench', '--server', 'canned,real']).servers, ['canned', 'real']);
  refuses(['--driver-bench', '--iterations', '0'], /--iterations: expected a whole number from 1/);
});

test('a flame graph is drawn of a profile', () => {
  const one = ['--flame', '--rivals', 'raw', '--callers', '10'];
  const { flame, profile } = readOptions([...one, '--scenario', 'findOne']);
  assert.deepEqual([flame, profile], [true, true]);
  refuses(one, /--profile: expected/);
});

test('rivals in other languages take part, but in a smoke run only if they are asked for', () => {
  const natives = ({ rivals }: { rivals: string[] }) =>
    rivals.filter(name => /^(pymongo|motor-python|go|rust)$/.test(name));
  assert.equal(natives(readOptions([])).length, 4);
  assert.equal(natives(readOptions(['--smoke'])).length, 0);
  assert.equal(natives(readOptions(['--smoke', '--rivals', 'all'])).length, 4);
});

test('only rivals that are asked for by name may not be left out', () => {
  const named = (...args: string[]) => readOptions(args).rivalsNamed;
  assert.deepEqual([named(), named('--rivals', 'all'), named('--rivals', 'go')], [false, false, true]);
});

test('what is refused is named, with what was expected', () => {
  refuses(['--server', 'mock'], /--server: expected some of canned,real; got 'mock'/);
  refuses(['--scenario', 'findOne,findTwo'], /--scenario: expected some of findOne.*; got 'findTwo'/);
  refuses(['--rivals', ''], /--rivals: expected some of mongodb,.*; got ''/);
  refuses(['--callers', '1,0'], /--callers: expected a whole number from 1; got '0'/);
  refuses(['--rounds', '1.5'], /--rounds: expected a whole number from 1; got '1.5'/);
  refuses(['--seconds', 'two'], /--seconds: expected a number of seconds from 0\.01; got 'two'/);
  refuses(['--seconds', '0'], /--seconds: .*; got '0'/);
  refuses(['--uri', 'localhost'], /--uri: expected a connection string .*; got 'localhost'/);
  refuses(['--uri', 'mongodb://localhost', '--server', 'canned'], /--server: expected 'real'/);
  refuses(['--sconds', '1'], /--sconds/);
});

test('a profile is of one rival in one scenario', () => {
  const one = ['--profile', '--rivals', 'raw', '--callers', '10'];
  refuses(one, /--profile: expected/);
  refuses([...one, '--scenario', 'coldStart'], /--profile: expected/);
  refuses(
    ['--profile', '--rivals', 'go', '--callers', '10', '--scenario', 'findOne'],
    /--profile: expected a rival in JavaScript/
  );
  assert.equal(readOptions([...one, '--scenario', 'findOne']).profile, true);
});
