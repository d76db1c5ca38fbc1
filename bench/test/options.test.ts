import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions, UsageError } from '../options.js';

const refuses = (args: string[], message: RegExp) =>
  assert.throws(
    () => readOptions(args),
    error => error instanceof UsageError && message.test(error.message)
  );

test('without arguments, every scenario is measured on the canned server', () => {
  const { servers, scenarios, callers } = readOptions([]);
  assert.deepEqual(servers, ['canned']);
  assert.deepEqual(scenarios, ['findOne', 'insertOne', 'find1000', 'find10000', 'coldStart']);
  assert.deepEqual(callers, [1, 10, 100]);
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
  assert.equal(readOptions([...one, '--scenario', 'findOne']).profile, true);
});
