import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What a program prints when it measures each line once. */
async function printed(program: string): Promise<string> {
  const path = fileURLToPath(new URL(`../${program}.js`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path, '--rounds', '1']);
  return stdout;
}

test('the codec is measured beside bson', async () => {
  assert.match(await printed('bson'), /command, \d+ bytes\n {2}decode .* µs = \d/);
});

test('JSON written from bytes is measured beside what is decoded and stringified', async () => {
  assert.match(await printed('json'), /eleven fields.*\n {2}json .* µs = \d/);
});
