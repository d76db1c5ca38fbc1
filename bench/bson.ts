// node bench/dist/bson.js [--rounds n] [codec]: this project's BSON codec beside bson, on the documents of the drivers' benchmark
// specification, on a command and its reply, and on a batch. The first are taken from BENCHMARK_DATA_DIR, if it has that
// specification's archives. A codec is a module with `serialize` and `deserialize`: this project's build, or another
// build of it to compare with.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type * as Bson from 'bson';
import { documentsOf } from './documents.js';
import { twentyOfEach } from './types.js';

type Codec = Pick<typeof Bson, 'serialize' | 'deserialize'>;

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '41' } },
  allowPositionals: true
});
const rounds = Number(values.rounds);

const root = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(join(root, 'package.json'));
const bson: typeof Bson = require('bson');
const codec: Codec = require(resolve(positionals[0] ?? join(root, 'dist/bson/index.js')));
const data = resolve(root, process.env['BENCHMARK_DATA_DIR'] ?? '../shared/benchmark-data');

/** By archive. */
const files = {
  extended_bson: ['flat_bson', 'deep_bson', 'full_bson'],
  single_and_multi_document: ['tweet', 'small_doc']
};

const UNMEASURED = 5;
const BYTES_A_ROUND = 1e6;

/** What a small document's fixed costs count for, in bytes. */
const SMALL = 150;

function specified(): Record<string, object> {
  if (!existsSync(data)) return {};
  const folder = mkdtempSync(join(tmpdir(), 'bench-bson-'));
  try {
    return Object.fromEntries(
      Object.entries(files).flatMap(([archive, names]) => read(folder, archive, names))
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(folder: string, archive: string, names: string[]): [string, object][] {
  const members = names.map(name => `${archive}/${name}.json`);
  execFileSync('tar', ['-xzf', join(data, `${archive}.tgz`), '-C', folder, ...members]);
  return members.map((member, index) => [
    names[index]!,
    bson.EJSON.parse(readFileSync(join(folder, member), 'utf8'))
  ]);
}

function messages(): Record<string, object> {
  const { Binary, Long, ObjectId, Timestamp } = bson;
  const time = new Timestamp({ t: 1700000000, i: 3 });
  const signature = { hash: new Binary(Buffer.alloc(20, 1)), keyId: Long.fromString('7000000000000000001') };
  const times = { $clusterTime: { clusterTime: time, signature }, operationTime: time };
  const lsid = { id: new Binary(Buffer.alloc(16, 7), Binary.SUBTYPE_UUID) };
  const found = (size: number) => ({
    cursor: { firstBatch: documentsOf(size, ObjectId), id: 0, ns: 'a.b' },
    ok: 1
  });
  return {
    command: {
      find: 'documents',
      filter: { _id: new ObjectId() },
      limit: 1,
      singleBatch: true,
      lsid,
      $db: 'a'
    },
    reply: { ...found(1), ...times },
    'batch of 1000': found(1000)
  };
}

/** CPU of this process for each call, in microseconds, of both in turn. */
function measure(size: number, ours: () => unknown, theirs: () => unknown): string {
  const calls = Math.ceil(BYTES_A_ROUND / Math.max(size, SMALL));
  const [our, their, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let round = -UNMEASURED; round < rounds; round++) {
    const [a, b] = [costOf(ours, calls), costOf(theirs, calls)];
    if (round < 0) continue;
    our.push(a);
    their.push(b);
    ratios.push(b / a);
  }
  const [low, high] = [quantile(ratios, 0.25), quantile(ratios, 0.75)];
  return `${quantile(their, 0.5)} / ${quantile(our, 0.5)} µs = ${quantile(ratios, 0.5)} (${low} to ${high})`;
}

function quantile(values: number[], share: number): string {
  return values.sort((a, b) => a - b)[Math.floor(share * values.length)]!.toFixed(2);
}

function costOf(call: () => unknown, calls: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

console.log('bson / ours: medians of CPU for each call, and of the ratio, with its quartiles');
for (const [name, document] of Object.entries({ ...specified(), ...messages(), ...twentyOfEach(bson) })) {
  const bytes = bson.serialize(document);
  const decode = (by: Codec) => () => by.deserialize(bytes);
  const encode = (by: Codec) => () => by.serialize(document);
  console.log(`${name}, ${bytes.length} bytes`);
  console.log(`  decode ${measure(bytes.length, decode(codec), decode(bson))}`);
  console.log(`  encode ${measure(bytes.length, encode(codec), encode(bson))}`);
}
