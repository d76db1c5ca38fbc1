import type { AnyClientBulkWriteModel, Document } from 'mongodb';
import { collectionName, copies, renew } from './corpus.js';
import { readJson } from './data.js';
import { shareOf, type MicroBenchmark } from './microBenchmark.js';

type Model = AnyClientBulkWriteModel<Document>;

const many = 10_000;
const collectionNames = Array.from({ length: 10 }, (_, index) => `${collectionName}_${index + 1}`);

const insert = (size: 'Small' | 'Large', bytes: number, most: number): MicroBenchmark => ({
  name: `${size} doc Client BulkWrite insert`,
  group: 'Multi',
  kind: 'write',
  async setUp(bench) {
    const document = await readJson(bench.data, `${size.toLowerCase()}_doc.json`);
    const namespace = `${bench.database.databaseName}.${collectionName}`;
    const count = shareOf(most, bench);
    let models: Model[] = [];
    return {
      bytes: bytes * count,
      async before() {
        await renew(bench);
        models = copies(document, count).map(document => ({ name: 'insertOne', namespace, document }));
      },
      run: () => bench.client.bulkWrite(models)
    };
  }
});

const mixed: MicroBenchmark = {
  name: 'Small doc Client BulkWrite Mixed Operations',
  group: 'Multi',
  kind: 'write',
  async setUp(bench) {
    const { client, database, data } = bench;
    const small = await readJson(data, 'small_doc.json');
    const count = shareOf(many, bench);
    let models: Model[] = [];
    return {
      bytes: 275 * 2 * count,
      async before() {
        await database.dropDatabase();
        for (const name of collectionNames) await database.createCollection(name);
        models = copies(small, count).flatMap((document, index): Model[] => {
          const namespace = `${database.databaseName}.${collectionNames[index % collectionNames.length]}`;
          return [
            { name: 'insertOne', namespace, document },
            { name: 'replaceOne', namespace, filter: {}, replacement: { ...small } },
            { name: 'deleteOne', namespace, filter: {} }
          ];
        });
      },
      run: () => client.bulkWrite(models)
    };
  }
};

export const clientBulkWrites: MicroBenchmark[] = [
  insert('Small', 275, many),
  insert('Large', 2_731_089, 10),
  mixed
];
