import {
  type AggregateOptions,
  type AnyBulkWriteOperation,
  type BulkWriteOptions,
  type BulkWriteResult,
  type CollectionOptions,
  type CountDocumentsOptions,
  type CountOptions,
  type CreateIndexesOptions,
  type CreateIndexOptions,
  type DeleteOptions,
  type DeleteResult,
  type Document,
  type DropCollectionOptions,
  type DropIndexesOptions,
  type EstimatedDocumentCountOptions,
  type Filter,
  type FindOneAndDeleteOptions,
  type FindOneAndReplaceOptions,
  type FindOneAndUpdateOptions,
  type FindOptions,
  type IndexDescription,
  type IndexOptions,
  type IndexSpecification,
  type InsertManyResult,
  type InsertOneOptions,
  type InsertOneResult,
  type ListIndexesOptions,
  type OperationOptions,
  type OptionalUnlessRequiredId,
  type RenameOptions,
  type ReplaceOptions,
  type Sort,
  type UpdateFilter,
  type UpdateOptions,
  type UpdateResult,
  type WithId,
  type WithoutId,
  MongoInvalidArgumentError
} from 'mongodb';
import { asynchronizeClass } from './asynchronize.js';
import type { MongoClient } from './client.js';
import { AggregationCursor, FindCursor, ours } from './cursor.js';
import type { Db } from './db.js';
import { DriverCollection, namespaceOf, resolveOptions } from './driver.js';
import type { Abortable, Distinct, FindOne, FindOneAnd } from './collection-types.js';
import type { Method } from './styles.js';
import * as sync from './sync/collection.js';

type Update<TSchema extends Document> = UpdateFilter<TSchema> | Document[];

/** The driver's `Collection`, in every style. */
export class Collection<TSchema extends Document = Document> extends DriverCollection<TSchema> {
  declare readonly client: MongoClient;
  declare readonly db: Db;

  /** @internal */
  constructor(db: Db, name: string, options?: CollectionOptions) {
    super(db, name, options);
  }

  override find(): FindCursor<WithId<TSchema>>;
  override find(filter: Filter<TSchema>, options?: FindOptions & Abortable): FindCursor<WithId<TSchema>>;
  override find<T extends Document>(
    filter: Filter<TSchema>,
    options?: FindOptions & Abortable
  ): FindCursor<T>;
  override find(
    filter: Filter<TSchema> = {},
    options: FindOptions & Abortable = {}
  ): FindCursor<WithId<TSchema>> {
    return new FindCursor(this.client, namespaceOf(this), filter, resolveOptions(this, options));
  }

  override aggregate<T extends Document = Document>(
    pipeline: Document[] = [],
    options?: AggregateOptions & Abortable
  ): AggregationCursor<T> {
    if (!Array.isArray(pipeline)) {
      throw new MongoInvalidArgumentError('Argument "pipeline" must be an array of aggregation stages');
    }
    return new AggregationCursor<T>(this.client, namespaceOf(this), pipeline, resolveOptions(this, options));
  }
}

/** Made by the table below. */
export interface Collection<TSchema> {
  /** Inserts a document; gives it an `_id` if it has none. */
  insertOne: Method<
    [doc: OptionalUnlessRequiredId<TSchema>, options?: InsertOneOptions],
    InsertOneResult<TSchema>
  >;
  /** Inserts documents, in as few messages as their number and size allow. */
  insertMany: Method<
    [docs: readonly OptionalUnlessRequiredId<TSchema>[], options?: BulkWriteOptions],
    InsertManyResult<TSchema>
  >;
  /** Runs several writes, in as few messages as their number and size allow. */
  bulkWrite: Method<
    [operations: readonly AnyBulkWriteOperation<TSchema>[], options?: BulkWriteOptions],
    BulkWriteResult
  >;
  /** Updates the first document that matches. */
  updateOne: Method<
    [filter: Filter<TSchema>, update: Update<TSchema>, options?: UpdateOptions & { sort?: Sort }],
    UpdateResult<TSchema>
  >;
  /** Updates all documents that match. */
  updateMany: Method<
    [filter: Filter<TSchema>, update: Update<TSchema>, options?: UpdateOptions],
    UpdateResult<TSchema>
  >;
  /** Replaces the first document that matches. */
  replaceOne: Method<
    [filter: Filter<TSchema>, replacement: WithoutId<TSchema>, options?: ReplaceOptions],
    UpdateResult<TSchema>
  >;
  /** Deletes the first document that matches. */
  deleteOne: Method<[filter?: Filter<TSchema>, options?: DeleteOptions], DeleteResult>;
  /** Deletes all documents that match. */
  deleteMany: Method<[filter?: Filter<TSchema>, options?: DeleteOptions], DeleteResult>;

  /** Finds the first document that matches, or null. */
  findOne: FindOne<TSchema>;
  /** Counts the documents that match, by an aggregation. */
  countDocuments: Method<[filter?: Filter<TSchema>, options?: CountDocumentsOptions & Abortable], number>;
  /** Counts the collection's documents by its metadata. */
  estimatedDocumentCount: Method<[options?: EstimatedDocumentCountOptions], number>;
  /** @deprecated use `countDocuments` or `estimatedDocumentCount` */
  count: Method<[filter?: Filter<TSchema>, options?: CountOptions], number>;

  /** The distinct values of a field. */
  distinct: Distinct<TSchema>;
  /** Finds a document and deletes it; gives the document, or null. */
  findOneAndDelete: FindOneAnd<TSchema, [filter: Filter<TSchema>], FindOneAndDeleteOptions>;
  /** Finds a document and replaces it; gives the document, before or after, or null. */
  findOneAndReplace: FindOneAnd<
    TSchema,
    [filter: Filter<TSchema>, replacement: WithoutId<TSchema>],
    FindOneAndReplaceOptions
  >;
  /** Finds a document and updates it; gives the document, before or after, or null. */
  findOneAndUpdate: FindOneAnd<
    TSchema,
    [filter: Filter<TSchema>, update: Update<TSchema>],
    FindOneAndUpdateOptions
  >;
  /** Makes an index; gives its name. */
  createIndex: Method<
    [
      indexSpec: IndexSpecification,
      indexOptions?: CreateIndexesOptions | IndexOptions,
      commandOptions?: CreateIndexOptions
    ],
    string
  >;
  /** Makes indexes; gives their names. */
  createIndexes: Method<
    [
      indexSpecs: IndexDescription[],
      commandOptions?: CreateIndexesOptions,
      allowUnknownIndexOptions?: boolean
    ],
    string[]
  >;
  dropIndex: Method<[indexName: string, options?: DropIndexesOptions], Document>;
  /** Drops all indexes but that of `_id`; false when there is no such collection. */
  dropIndexes: Method<[options?: DropIndexesOptions], boolean>;
  indexExists: Method<[indexes: string | string[], options?: ListIndexesOptions], boolean>;
  drop: Method<[options?: DropCollectionOptions], boolean>;
  isCapped: Method<[options?: OperationOptions], boolean>;
  options: Method<[options?: OperationOptions], Document>;
  rename: Method<[newName: string, options?: RenameOptions], Collection>;
}

asynchronizeClass(Collection, {
  async: {
    insertOne: sync.insertOne,
    updateOne: sync.updateOne,
    updateMany: sync.updateMany,
    replaceOne: sync.replaceOne,
    deleteOne: sync.deleteOne,
    deleteMany: sync.deleteMany,
    findOne: sync.findOne,
    countDocuments: sync.countDocuments,
    estimatedDocumentCount: sync.estimatedDocumentCount,
    count: sync.count,
    distinct: sync.distinct,
    findOneAndDelete: sync.findOneAndDelete,
    findOneAndReplace: sync.findOneAndReplace,
    findOneAndUpdate: sync.findOneAndUpdate,
    createIndex: sync.createIndex,
    createIndexes: sync.createIndexes,
    dropIndex: sync.dropIndex,
    dropIndexes: sync.dropIndexes
  },
  delegated: {
    insertMany: { arity: 2 },
    bulkWrite: { arity: 2 },
    rename: { arity: 2 },
    drop: { arity: 1 },
    options: { arity: 1 },
    isCapped: { arity: 1 },
    indexExists: { arity: 2 },
    indexInformation: { arity: 1 },
    indexes: { arity: 1 },
    createSearchIndex: { arity: 1 },
    createSearchIndexes: { arity: 1 },
    dropSearchIndex: { arity: 1 },
    updateSearchIndex: { arity: 2 }
  },
  wrap: { rename: (_: Collection, renamed: object) => ours(renamed, Collection) },
  callerStack: (collection?: Collection) => collection?.client.callerStack
});
