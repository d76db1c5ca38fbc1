import { ReadConcern } from 'mongodb';
import type { MongoClient } from 'mongodb';
import type { EntityMap } from './entities';
import type { CollectionData } from './format';
import { match } from './match';

const writeConcern = { w: 'majority' } as const;

/** Makes the collections hold what a test file says they hold before each test. */
export async function writeData(data: CollectionData[], client: MongoClient): Promise<void> {
  for (const { databaseName, collectionName, createOptions, documents } of data) {
    const database = client.db(databaseName, { writeConcern });
    await database.dropCollection(collectionName);
    if (createOptions || documents.length === 0)
      await database.createCollection(collectionName, createOptions);
    if (documents.length > 0) await database.collection(collectionName).insertMany(documents);
  }
}

/** Asserts that the collections hold what a test says they hold after it. */
export async function assertData(
  data: CollectionData[],
  client: MongoClient,
  entities: EntityMap
): Promise<void> {
  for (const { databaseName, collectionName, documents } of data) {
    const collection = client
      .db(databaseName, { readConcern: new ReadConcern('local') })
      .collection(collectionName);
    const actual = await collection.find({}, { sort: { _id: 1 }, readPreference: 'primary' }).toArray();
    match(documents, actual, { entities, path: `${databaseName}.${collectionName}`, root: false });
  }
}
