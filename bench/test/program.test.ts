import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'bench-program-'));
process.env['XDG_CACHE_HOME'] = folder;
const { availableRivals } = await import('../program.js');
const { built, outputOf, Unavailable } = await import('../rivals/build.js');

let said: string[] = [];
const { error } = console;
before(() => (console.error = line => said.push(line)));
after(() => {
  console.error = error;
  rmSync(folder, { recursive: true });
});

const source = join(folder, 'source');
const write = (text: string) => writeFileSync(source, text);
const caches = () => readdirSync(join(folder, 'mongo-motor')).length;

test('what is built is built once for the same sources and the same tool', () => {
  const made: string[] = [];
  const make = (at: string) => (made.push(at), writeFileSync(join(at, 'program'), ''));
  write('one');
  const first = built('x', 'tool 1', [source], make);
  assert.equal(built('x', 'tool 1', [source], make), first);
  assert(existsSync(join(first, 'program')));
  built('x', 'tool 2', [source], make);
  write('two');
  built('x', 'tool 1', [source], make);
  assert.equal(made.length, 3);
});

test('a build that fails leaves nothing behind, and is tried again', () => {
  const before = caches();
  write('three');
  const failing = () => outputOf(process.execPath, ['-e', 'console.error("no network"); process.exit(1)']);
  for (let time = 1; time <= 2; time++)
    assert.throws(() => built('x', 'tool 1', [source], failing), { message: /failed: no network/ });
  assert.equal(caches(), before);
});

test('a rival whose tools are missing is left out with a line that says so, unless it was named', () => {
  const path = process.env['PATH'];
  process.env['PATH'] = folder;
  said = [];
  try {
    const rivals = ['mongodb', 'go', 'rust', 'pymongo'];
    assert.deepEqual(availableRivals({ rivals, rivalsNamed: false }), ['mongodb']);
    assert.deepEqual(said, [
      'left out: go: go cannot be run (ENOENT)',
      'left out: rust: rustc cannot be run (ENOENT)',
      'left out: pymongo: python3 cannot be run (ENOENT)'
    ]);
    assert.throws(() => availableRivals({ rivals, rivalsNamed: true }), Unavailable);
  } finally {
    process.env['PATH'] = path;
  }
});
