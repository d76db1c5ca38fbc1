// node bench/dist/bson.js [codec]: this project's BSON codec beside bson, on the documents of the drivers' benchmark
// specification. They are taken from BENCHMARK_DATA_DIR, which has that specification's archives. A codec is a module
// with `serialize` and `deserialize`: this project's build, or another build of it to compare with.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spreadOf } from './statistics.js';

interface Codec {
  serialize(document: object): Uint8Array;
  deserialize(bytes: Uint8Array): object;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(join(root, 'package.json'));
const bson: Codec & { EJSON: { parse(text: string): object } } = require('bson');
const codec: Codec = require(resolve(process.argv[2] ?? join(root, 'dist/bson/index.js')));
const data = resolve(root, process.env['BENCHMARK_DATA_DIR'] ?? '../shared/benchmark-data');

/** By archive. */
const documents = {
  extended_bson: ['flat_bson', 'deep_bson', 'full_bson'],
  single_and_multi_document: ['tweet', 'small_doc']
};

const ROUNDS = 15;
const BYTES_A_ROUND = 4e6;

/** CPU of this process for each call, in microseconds, of both in turn. */
function measure(size: number, ours: () => unknown, theirs: () => unknown): void {
  const calls = Math.ceil(BYTES_A_ROUND / size);
  const costs: [number[], number[]] = [[], []];
  for (let round = -2; round < ROUNDS; round++) {
    for (const [index, call] of [ours, theirs].entries()) {
      const cost = costOf(call, calls);
      if (round >= 0) costs[index]!.push(cost);
    }
  }
  const [our, their] = [spreadOf(costs[0]), spreadOf(costs[1])];
  const column = (kind: 'min' | 'median') =>
    `${kind} ${their[kind].toFixed(2)} / ${our[kind].toFixed(2)} µs = ${(their[kind] / our[kind]).toFixed(2)}`;
  console.log(`    ${column('median')}    ${column('min')}`);
}

function costOf(call: () => unknown, calls: number): number {
  const before = process.cpuUsage().user;
  for (let i = 0; i < calls; i++) call();
  return (process.cpuUsage().user - before) / calls;
}

function run(folder: string): void {
  for (const [archive, names] of Object.entries(documents)) {
    const files = names.map(name => `${archive}/${name}.json`);
    execFileSync('tar', ['-xzf', join(data, `${archive}.tgz`), '-C', folder, ...files]);
    for (const file of files) {
      const document = bson.EJSON.parse(readFileSync(join(folder, file), 'utf8'));
      const bytes = bson.serialize(document);
      console.log(`${file}, ${bytes.length} bytes: bson / ours`);
      console.log('  decode');
      measure(
        bytes.length,
        () => codec.deserialize(bytes),
        () => bson.deserialize(bytes)
      );
      console.log('  encode');
      measure(
        bytes.length,
        () => codec.serialize(document),
        () => bson.serialize(document)
      );
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'bench-bson-'));
try {
  run(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
