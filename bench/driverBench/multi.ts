import type { AnyBulkWriteOperation } from 'mongodb';
import { clientBulkWrites } from './clientBulkWrite.js';
import { collectionName, copies, renew } from './corpus.js';
import { readJson } from './data.js';
import { download, upload } from './gridfs.js';
import { shareOf, type MicroBenchmark } from './microBenchmark.js';

const many = 10_000;

const findMany: MicroBenchmark = {
  name: 'Find many and empty the cursor',
  group: 'Multi',
  kind: 'read',
  async setUp(bench) {
    const collection = bench.database.collection(collectionName);
    const count = shareOf(many, bench);
    await collection.insertMany(copies(await readJson(bench.data, 'tweet.json'), count));
    return {
      bytes: 1622 * count,
      async run() {
        for await (const _ of collection.find({}));
      }
    };
  }
};

const bulkInsert = (size: 'Small' | 'Large', bytes: number, most: number): MicroBenchmark => ({
  name: `${size} doc bulk insert`,
  group: 'Multi',
  kind: 'write',
  async setUp(bench) {
    const document = await readJson(bench.data, `${size.toLowerCase()}_doc.json`);
    const collection = bench.database.collection(collectionName);
    const count = shareOf(most, bench);
    let documents: object[] = [];
    return {
      bytes: bytes * count,
      async before() {
        await renew(bench);
        documents = copies(document, count);
      },
      run: () => collection.insertMany(documents)
    };
  }
});

const insertModels = (size: 'Small' | 'Large', bytes: number, most: number): MicroBenchmark => ({
  name: `${size} doc Collection BulkWrite insert`,
  group: 'Multi',
  kind: 'write',
  async setUp(bench) {
    const document = await readJson(bench.data, `${size.toLowerCase()}_doc.json`);
    const collection = bench.database.collection(collectionName);
    const count = shareOf(most, bench);
    let models: AnyBulkWriteOperation[] = [];
    return {
      bytes: bytes * count,
      async before() {
        await renew(bench);
        models = copies(document, count).map(document => ({ insertOne: { document } }));
      },
      run: () => collection.bulkWrite(models)
    };
  }
});

const mixed: MicroBenchmark = {
  name: 'Small doc Collection BulkWrite Mixed Operations',
  group: 'Multi',
  kind: 'write',
  async setUp(bench) {
    const small = await readJson(bench.data, 'small_doc.json');
    const collection = bench.database.collection(collectionName);
    const count = shareOf(many, bench);
    let models: AnyBulkWriteOperation[] = [];
    return {
      bytes: 275 * 2 * count,
      async before() {
        await renew(bench);
        models = copies(small, count).flatMap(document => [
          { insertOne: { document } },
          { replaceOne: { filter: {}, replacement: { ...small } } },
          { deleteOne: { filter: {} } }
        ]);
      },
      run: () => collection.bulkWrite(models)
    };
  }
};

export const multi: MicroBenchmark[] = [
  findMany,
  bulkInsert('Small', 275, many),
  bulkInsert('Large', 2_731_089, 10),
  insertModels('Small', 275, many),
  insertModels('Large', 2_731_089, 10),
  ...clientBulkWrites,
  mixed,
  upload,
  download
];
