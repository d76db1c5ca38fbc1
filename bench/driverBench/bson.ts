import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shareOf, type Bench, type MicroBenchmark } from './microBenchmark.js';

const many = 10_000;

/** By file, the bytes of the document that the specification counts with. */
const documents = { flat: 7531, deep: 1964, full: 5734 };

async function load({ driver, data }: Bench, name: string): Promise<object> {
  const text = await readFile(join(data, 'extended_bson', `${name}_bson.json`), 'utf8');
  return driver.BSON.EJSON.parse(text) as object;
}

const title = (name: string) => name[0]!.toUpperCase() + name.slice(1);

const encoding = ([name, size]: [string, number]): MicroBenchmark => ({
  name: `${title(name)} BSON Encoding`,
  group: 'BSON',
  async setUp(bench) {
    const document = await load(bench, name);
    const { BSON } = bench.driver;
    const repeats = shareOf(many, bench);
    return {
      bytes: size * repeats,
      run() {
        for (let i = 0; i < repeats; i++) BSON.serialize(document);
      }
    };
  }
});

const decoding = ([name, size]: [string, number]): MicroBenchmark => ({
  name: `${title(name)} BSON Decoding`,
  group: 'BSON',
  async setUp(bench) {
    const { BSON } = bench.driver;
    const bytes = BSON.serialize(await load(bench, name));
    const repeats = shareOf(many, bench);
    return {
      bytes: size * repeats,
      run() {
        for (let i = 0; i < repeats; i++) BSON.deserialize(bytes);
      }
    };
  }
});

const all = Object.entries(documents);

export const bson: MicroBenchmark[] = all.flatMap(document => [encoding(document), decoding(document)]);
