/* The collection's methods, in sync style. What asynchronize reads. */
import {
  type Collection as DriverCollection,
  type CountDocumentsOptions,
  type Document,
  type FindOptions,
  type MongoClient
} from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import {
  AggregateOperation,
  CountOperation,
  DeleteManyOperation,
  DeleteOneOperation,
  DistinctOperation,
  EstimatedDocumentCountOperation,
  FindOneAndDeleteOperation,
  FindOneAndReplaceOperation,
  FindOneAndUpdateOperation,
  FindOperation,
  namespaceOf,
  ReplaceOneOperation,
  UpdateManyOperation,
  UpdateOneOperation
} from '../driver.js';
import { execute } from '../execute.js';
import {
  optionsForAggregating,
  optionsForChange,
  optionsForInsert,
  optionsForOne,
  optionsFrom
} from '../options.js';
import { InsertOne } from './insert-one.js';
import { first } from './first.js';

type Collection = DriverCollection & { readonly client: MongoClient };

export function insertOne(this: Collection, doc: Document, options?: Document): SyncStyle<unknown> {
  return execute(this, new InsertOne(this, doc, optionsForInsert(this, options)));
}

export function updateOne(
  this: Collection,
  filter: Document,
  update: Document,
  options?: Document
): SyncStyle<unknown> {
  const operation = new UpdateOneOperation(
    namespaceOf(this),
    filter,
    update,
    optionsForChange(this, options)
  );
  return execute(this, operation);
}

export function updateMany(
  this: Collection,
  filter: Document,
  update: Document,
  options?: Document
): SyncStyle<unknown> {
  const operation = new UpdateManyOperation(
    namespaceOf(this),
    filter,
    update,
    optionsForChange(this, options)
  );
  return execute(this, operation);
}

export function replaceOne(
  this: Collection,
  filter: Document,
  replacement: Document,
  options?: Document
): SyncStyle<unknown> {
  const operation = new ReplaceOneOperation(
    namespaceOf(this),
    filter,
    replacement,
    optionsForChange(this, options)
  );
  return execute(this, operation);
}

export function deleteOne(this: Collection, filter?: Document, options?: Document): SyncStyle<unknown> {
  const operation = new DeleteOneOperation(
    namespaceOf(this),
    orEmpty(filter),
    optionsForChange(this, options)
  );
  return execute(this, operation);
}

export function deleteMany(this: Collection, filter?: Document, options?: Document): SyncStyle<unknown> {
  const operation = new DeleteManyOperation(namespaceOf(this), orEmpty(filter), optionsFrom(this, options));
  return execute(this, operation);
}

/** One batch of one document, so that no cursor stays open. Source: the CRUD specification. */
export function findOne(
  this: Collection,
  filter?: Document,
  options?: FindOptions
): SyncStyle<Document | null> {
  const query = orEmpty(filter);
  const resolved = optionsForOne(this, options);
  const operation = new FindOperation(namespaceOf(this), query, resolved);
  return first(this, operation, resolved, () => this.find(query, { ...resolved }));
}

export function* countDocuments(
  this: Collection,
  filter?: Document,
  options?: CountDocumentsOptions
): SyncStyle<number> {
  const pipeline: Document[] = [{ $match: orEmpty(filter) }];
  if (typeof options?.skip === 'number') pipeline.push({ $skip: options.skip });
  if (typeof options?.limit === 'number') pipeline.push({ $limit: options.limit });
  pipeline.push({ $group: { _id: 1, n: { $sum: 1 } } });
  const resolved = optionsForAggregating(this, options);
  const operation = new AggregateOperation(namespaceOf(this), pipeline, resolved);
  const counted = yield* first(this, operation, resolved, () => this.aggregate(pipeline, { ...resolved }));
  return (counted?.n as number | undefined) ?? 0;
}

export function estimatedDocumentCount(this: Collection, options?: Document): SyncStyle<number> {
  return execute(this, new EstimatedDocumentCountOperation(this, optionsFrom(this, options)));
}

export function count(this: Collection, filter?: Document, options?: Document): SyncStyle<number> {
  return execute(this, new CountOperation(namespaceOf(this), orEmpty(filter), optionsFrom(this, options)));
}

export function distinct(
  this: Collection,
  key: string,
  filter?: Document,
  options?: Document
): SyncStyle<unknown[]> {
  return execute(this, new DistinctOperation(this, key, orEmpty(filter), optionsFrom(this, options)));
}

export function findOneAndDelete(
  this: Collection,
  filter: Document,
  options?: Document
): SyncStyle<Document | null> {
  return execute(this, new FindOneAndDeleteOperation(this, filter, optionsFrom(this, options)));
}

export function findOneAndReplace(
  this: Collection,
  filter: Document,
  replacement: Document,
  options?: Document
): SyncStyle<Document | null> {
  return execute(this, new FindOneAndReplaceOperation(this, filter, replacement, optionsFrom(this, options)));
}

export function findOneAndUpdate(
  this: Collection,
  filter: Document,
  update: Document,
  options?: Document
): SyncStyle<Document | null> {
  return execute(this, new FindOneAndUpdateOperation(this, filter, update, optionsFrom(this, options)));
}

/** As a default parameter would: null is the server's to refuse. */
function orEmpty(filter: Document | undefined): Document {
  return filter === undefined ? {} : filter;
}
