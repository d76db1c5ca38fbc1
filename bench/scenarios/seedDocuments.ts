import type * as mongodb from 'mongodb';
import { documentsOf } from '../documents.js';

/** Puts the first `size` documents into a collection. */
export const seedDocuments =
  (collection: string, size: number) =>
  (database: mongodb.Db, { ObjectId }: typeof mongodb) =>
    database.collection(collection).insertMany(documentsOf(size, ObjectId));
