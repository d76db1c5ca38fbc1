import {
  type AggregateOptions,
  type AnyBulkWriteOperation,
  type BulkWriteOptions,
  type BulkWriteResult,
  type Collection as Theirs,
  type ChangeStreamDocument,
  type ChangeStreamOptions,
  type CollectionOptions,
  type CountDocumentsOptions,
  type CountOptions,
  type DeleteOptions,
  type DeleteResult,
  type Document,
  type DropCollectionOptions,
  type EstimatedDocumentCountOptions,
  type Filter,
  type FindOneAndDeleteOptions,
  type FindOneAndReplaceOptions,
  type FindOneAndUpdateOptions,
  type FindOptions,
  type InsertManyResult,
  type InsertOneOptions,
  type InsertOneResult,
  type ListIndexesOptions,
  type ListSearchIndexesOptions,
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
import { OrderedBulkOperation, UnorderedBulkOperation } from './bulk.js';
import type { MongoClient } from './client.js';
import { type ChangeStream, watched } from './change-stream.js';
import { AggregationCursor, FindCursor } from './cursor.js';
import type { CursorPrefetchOptions } from './cursor-types.js';
import type { Db } from './db.js';
import { DriverCollection, namespaceOf, resolveOptions } from './driver.js';
import type { Abortable, Distinct, FindOne, FindOneAnd } from './collection-types.js';
import type { IndexMethods } from './index-types.js';
import { ListIndexesCursor, ListSearchIndexesCursor } from './list-cursors.js';
import { checkSignal } from './options.js';
import type { Method } from './styles.js';
import * as bulk from './sync/bulk-write.js';
import * as sync from './sync/collection.js';
import * as collections from './sync/collections.js';
import * as indexes from './sync/indexes.js';

type Update<TSchema extends Document> = UpdateFilter<TSchema> | Document[];

const Base = DriverCollection as new <T extends Document>(
  ...args: ConstructorParameters<typeof DriverCollection>
) => IndexMethods & Theirs<T>;

/** The driver's `Collection`, in every style. */
export class Collection<TSchema extends Document = Document> extends Base<TSchema> {
  declare readonly client: MongoClient;
  declare readonly db: Db;

  /** @internal */
  constructor(db: Db, name: string, options?: CollectionOptions) {
    super(db, name, options);
  }

  override find(): FindCursor<WithId<TSchema>>;
  override find(
    filter: Filter<TSchema>,
    options?: FindOptions & CursorPrefetchOptions & Abortable
  ): FindCursor<WithId<TSchema>>;
  override find<T extends Document>(
    filter: Filter<TSchema>,
    options?: FindOptions & CursorPrefetchOptions & Abortable
  ): FindCursor<T>;
  override find(
    filter: Filter<TSchema> = {},
    options: FindOptions & CursorPrefetchOptions & Abortable = {}
  ): FindCursor<WithId<TSchema>> {
    checkSignal(options.signal);
    return new FindCursor(this.client, namespaceOf(this), filter, resolveOptions(this, options));
  }

  override aggregate<T extends Document = Document>(
    pipeline: Document[] = [],
    options?: AggregateOptions & CursorPrefetchOptions & Abortable
  ): AggregationCursor<T> {
    if (!Array.isArray(pipeline)) {
      throw new MongoInvalidArgumentError('Argument "pipeline" must be an array of aggregation stages');
    }
    checkSignal(options?.signal);
    return new AggregationCursor<T>(this.client, namespaceOf(this), pipeline, resolveOptions(this, options));
  }

  override initializeOrderedBulkOp(options?: BulkWriteOptions): OrderedBulkOperation {
    return new OrderedBulkOperation(this, resolveOptions(this, options));
  }

  override initializeUnorderedBulkOp(options?: BulkWriteOptions): UnorderedBulkOperation {
    return new UnorderedBulkOperation(this, resolveOptions(this, options));
  }

  override listIndexes(options?: ListIndexesOptions): ListIndexesCursor {
    return new ListIndexesCursor(this, resolveOptions(this, options));
  }

  override listSearchIndexes(options?: ListSearchIndexesOptions): ListSearchIndexesCursor;
  override listSearchIndexes(name: string, options?: ListSearchIndexesOptions): ListSearchIndexesCursor;
  override listSearchIndexes(
    first?: string | ListSearchIndexesOptions,
    second?: ListSearchIndexesOptions
  ): ListSearchIndexesCursor {
    const [name, options] = typeof first === 'object' ? [null, first] : [first ?? null, second];
    return new ListSearchIndexesCursor(this, name, { ...options });
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
  drop: Method<[options?: DropCollectionOptions], boolean>;
  isCapped: Method<[options?: OperationOptions], boolean>;
  options: Method<[options?: OperationOptions], Document>;
  rename: Method<[newName: string, options?: RenameOptions], Collection>;
  /** Changes of this collection, as they happen. */
  watch<TLocal extends Document = TSchema, TChange extends Document = ChangeStreamDocument<TLocal>>(
    pipeline?: Document[],
    options?: ChangeStreamOptions
  ): ChangeStream<TLocal, TChange>;
}

asynchronizeClass(Collection, {
  async: {
    insertOne: sync.insertOne,
    insertMany: bulk.insertMany,
    bulkWrite: bulk.bulkWrite,
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
    createIndex: indexes.createIndex,
    createIndexes: indexes.createIndexes,
    dropIndex: indexes.dropIndex,
    dropIndexes: indexes.dropIndexes,
    indexes: indexes.indexes,
    indexInformation: indexes.indexInformation,
    indexExists: indexes.indexExists,
    createSearchIndex: indexes.createSearchIndex,
    createSearchIndexes: indexes.createSearchIndexes,
    dropSearchIndex: indexes.dropSearchIndex,
    updateSearchIndex: indexes.updateSearchIndex,
    drop: collections.drop,
    isCapped: collections.isCapped,
    options: collections.options,
    rename: collections.rename
  },
  chaining: ['watch'],
  wrap: { watch: watched },
  heeds: name => (name === 'insertMany' ? [name, 'bulkWrite'] : [name]), // which it calls in the driver
  callerStack: (collection?: Collection) => collection?.client.callerStack
});
