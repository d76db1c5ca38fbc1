// Puts the documents of the scenarios into a real server, and takes all of it away again.
import { MongoClient, ObjectId } from 'mongodb';
import { collectionOf, databaseName, fieldsOf, idOf } from '../documents.js';
import { scenarios } from '../scenarios/index.js';

const documentsOf = (size: number) =>
  Array.from({ length: size }, (_, index) => ({ _id: new ObjectId(idOf(index)), ...fieldsOf(index) }));

export async function seed(uri: string): Promise<void> {
  await using client = await MongoClient.connect(uri);
  const database = client.db(databaseName);
  await database.dropDatabase();
  for (const { finds } of scenarios)
    if (finds > 0) await database.collection(collectionOf(finds)).insertMany(documentsOf(finds));
}

export async function unseed(uri: string): Promise<void> {
  await using client = await MongoClient.connect(uri);
  await client.db(databaseName).dropDatabase();
}
