// node bench/dist/json.js [--rounds n] [folder]: documents written as JSON from their bytes, beside decoding them with bson and
// stringifying what comes of it, and beside the same with this project's decoder. They are a batch of the documents that
// are found in the other benchmarks, one large document, and those of the drivers' benchmark specification that
// BENCHMARK_DATA_DIR has. The folder is a build of lib/bson/: dist/bson/, or one to compare with.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BSON } from 'mongodb';
import { documentsOf, largeFields } from './documents.js';
import { spreadOf } from './statistics.js';
import { twentyOfEach } from './types.js';

/** As in lib/bson/json/index.ts. */
interface JsonArray {
  piece(elements: { memory: object; next: number; end: number; written: number }, how: object): Buffer;
  end(): Buffer;
}

interface Codec {
  deserialize(bytes: Uint8Array): object;
  readonly JsonArray: new (form: Form) => JsonArray;
  readonly Memory: new (bytes: Buffer) => object;
  readingFor(options: undefined): object;
}

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '15' } },
  allowPositionals: true
});
const rounds = Number(values.rounds);

const root = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(join(root, 'package.json'));
const bson: typeof BSON = require('mongodb').BSON;
const codec: Codec = require(resolve(positionals[0] ?? join(root, 'dist/bson'), 'index.js'));
const data = resolve(root, process.env['BENCHMARK_DATA_DIR'] ?? '../shared/benchmark-data');

const archived = {
  extended_bson: ['flat_bson', 'deep_bson', 'full_bson'],
  single_and_multi_document: ['tweet']
};

const BYTES = 4e6;

const forms = ['json', 'relaxed', 'canonical'] as const;
type Form = (typeof forms)[number];

/** Documents, and the bytes of the array that a reply has them in. */
interface Batch {
  readonly documents: Uint8Array[];
  readonly array: Buffer;
}

function batchOf(documents: object[]): Batch {
  const array = Buffer.from(bson.serialize(Object.fromEntries(documents.entries())));
  return { documents: documents.map(document => bson.serialize(document)), array };
}

function stringify(documents: object[], form: Form): string {
  return form === 'json'
    ? JSON.stringify(documents)
    : bson.EJSON.stringify(documents, { relaxed: form === 'relaxed' });
}

function decoded({ documents }: Batch, { deserialize }: Pick<Codec, 'deserialize'>, form: Form): Buffer {
  return Buffer.from(
    stringify(
      documents.map(bytes => deserialize(bytes)),
      form
    )
  );
}

const how = codec.readingFor(undefined);

function written({ array: bytes }: Batch, form: Form): Buffer {
  const json = new codec.JsonArray(form);
  const elements = { memory: new codec.Memory(bytes), next: 4, end: bytes.length - 1, written: 0 };
  const pieces: Buffer[] = [];
  while (elements.next < elements.end) pieces.push(json.piece(elements, how));
  return Buffer.concat([...pieces, json.end()]);
}

/** CPU of this process for each document, in microseconds, of all ways in turn. */
function measure(batch: Batch, form: Form): void {
  const ways = [
    () => written(batch, form),
    () => decoded(batch, codec, form),
    () => decoded(batch, bson, form)
  ];
  const texts = ways.map(way => way().toString());
  if (new Set(texts).size > 1) throw new Error('They do not write the same.');
  const costs = ways.map((): number[] => []);
  for (let round = -3; round < rounds; round++) {
    for (const [index, way] of ways.entries()) {
      const cost = costOf(way) / batch.documents.length;
      if (round >= 0) costs[index]!.push(cost);
    }
  }
  report(form, costs.map(spreadOf));
}

function report(form: Form, [ours, ourDecoder, theirs]: ReturnType<typeof spreadOf>[]): void {
  const column = (kind: 'min' | 'median') =>
    [theirs, ourDecoder, ours].map(spread => spread![kind].toFixed(2)).join(' / ') +
    ` µs = ${(theirs![kind] / ours![kind]).toFixed(2)}`;
  console.log(`  ${form.padEnd(9)}    median ${column('median')}    min ${column('min')}`);
}

function costOf(call: () => unknown): number {
  const before = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function run(name: string, documents: object[]): void {
  const batch = batchOf(documents);
  const { length } = documents;
  const size = Math.round(batch.array.length / length);
  console.log(
    `${name}, ${length} of ${size} bytes: bson and stringify / our decoder and stringify / written`
  );
  for (const form of forms) measure(batch, form);
}

function repeated(document: object): object[] {
  return Array<object>(Math.ceil(BYTES / bson.calculateObjectSize(document))).fill(document);
}

function runArchived(folder: string): void {
  for (const [archive, names] of Object.entries(archived)) {
    for (const name of names) {
      const file = `${archive}/${name}.json`;
      execFileSync('tar', ['-xzf', join(data, `${archive}.tgz`), '-C', folder, file]);
      const document = bson.EJSON.parse(readFileSync(join(folder, file), 'utf8'));
      run(file, repeated(document));
    }
  }
}

run('documents of eleven fields', documentsOf(10_000, bson.ObjectId));
run('a large document', [largeFields()]);
for (const [name, document] of Object.entries(twentyOfEach(bson))) run(name, repeated(document));
const folder = mkdtempSync(join(tmpdir(), 'bench-json-'));
try {
  if (existsSync(data)) runArchived(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
