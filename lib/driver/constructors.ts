/* Constructors of the driver's classes as ours extend them; most the driver keeps to itself. */
import type {
  Admin,
  AggregationCursor,
  BulkWriteOptions,
  Collection,
  CollectionInfo,
  CollectionOptions,
  Db,
  Document,
  FindCursor,
  ListCollectionsCursor,
  ListIndexesCursor,
  ListIndexesOptions,
  MongoClient,
  OrderedBulkOperation,
  UnorderedBulkOperation
} from 'mongodb';
import type { OfNamespace } from './modules.js';
import type { Namespace } from './types.js';

export interface Constructors {
  collection: new <T extends Document>(db: Db, name: string, options?: CollectionOptions) => Collection<T>;
  find: new <T>(client: MongoClient, ns: Namespace, filter: Document, options: Document) => FindCursor<T>;
  aggregate: new <T>(
    client: MongoClient,
    ns: Namespace,
    pipeline: Document[],
    options: Document
  ) => AggregationCursor<T>;
  listCollections: new <T extends Pick<CollectionInfo, 'name' | 'type'> | CollectionInfo>(
    ...args: ConstructorParameters<typeof ListCollectionsCursor>
  ) => ListCollectionsCursor<T>;
  listIndexes: new (collection: OfNamespace, options?: ListIndexesOptions) => ListIndexesCursor;
  admin: new (db: Db) => Admin;
  orderedBulk: new (collection: object, options: BulkWriteOptions) => OrderedBulkOperation;
  unorderedBulk: new (collection: object, options: BulkWriteOptions) => UnorderedBulkOperation;
}
