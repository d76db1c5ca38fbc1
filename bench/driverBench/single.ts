import type { Document } from 'mongodb';
import { collectionName, copies, renew } from './corpus.js';
import { readJson } from './data.js';
import { shareOf, type MicroBenchmark } from './microBenchmark.js';

const many = 10_000;

const runCommand: MicroBenchmark = {
  name: 'Run command',
  group: 'Single',
  async setUp(bench) {
    const { database } = bench;
    const repeats = shareOf(many, bench);
    return {
      bytes: 13 * repeats,
      async run() {
        for (let i = 0; i < repeats; i++) await database.command({ hello: true });
      }
    };
  }
};

const findOne: MicroBenchmark = {
  name: 'Find one by ID',
  group: 'Single',
  kind: 'read',
  async setUp(bench) {
    const repeats = shareOf(many, bench);
    const tweet = await readJson(bench.data, 'tweet.json');
    const collection = bench.database.collection<Document & { _id: number }>(collectionName);
    await collection.insertMany(
      Array.from({ length: repeats }, (_, index) => ({ ...tweet, _id: index + 1 }))
    );
    return {
      bytes: 1622 * repeats,
      async run() {
        for (let _id = 1; _id <= repeats; _id++) await collection.findOne({ _id });
      }
    };
  }
};

const insertOne = (size: 'Small' | 'Large', bytes: number, count: number): MicroBenchmark => ({
  name: `${size} doc insertOne`,
  group: 'Single',
  kind: 'write',
  async setUp(bench) {
    const document = await readJson(bench.data, `${size.toLowerCase()}_doc.json`);
    const collection = bench.database.collection(collectionName);
    const repeats = shareOf(count, bench);
    let documents: Document[] = [];
    return {
      bytes: bytes * repeats,
      async before() {
        await renew(bench);
        documents = copies(document, repeats);
      },
      async run() {
        for (const document of documents) await collection.insertOne(document);
      }
    };
  }
});

export const single: MicroBenchmark[] = [
  runCommand,
  findOne,
  insertOne('Small', 275, many),
  insertOne('Large', 2_731_089, 10)
];
