/* The collection's methods that write many documents, in sync style. */
import {
  type AnyBulkWriteOperation,
  type Collection as DriverCollection,
  type BulkWriteOptions,
  type BulkWriteResult,
  type Document,
  type InsertManyResult,
  type MongoClient,
  MongoInvalidArgumentError,
  WriteConcern
} from 'mongodb';
import { type SyncStyle, waitFor } from '../coroutine.js';
import { autoConnect, clientOf, resolveOptions } from '../driver.js';
import { checkSignal } from '../options.js';
import { execute } from './bulk.js';

type Collection = DriverCollection & { readonly client: MongoClient };

export function* insertMany(
  this: Collection,
  docs: readonly Document[],
  options?: BulkWriteOptions
): SyncStyle<InsertManyResult> {
  if (!Array.isArray(docs)) {
    throw new MongoInvalidArgumentError('Argument "docs" must be an array of documents');
  }
  const resolved = resolveOptions(this, options ?? {});
  const operations = docs.map(document => ({ insertOne: { document } }));
  const { insertedCount, insertedIds } = yield* bulkWrite.call(this, operations, resolved);
  return { acknowledged: WriteConcern.fromOptions(resolved)?.w !== 0, insertedCount, insertedIds };
}

/** A bulk operation knows the limits of the server's messages: the client has to be connected before there is one. */
export function* bulkWrite(
  this: Collection,
  operations: readonly AnyBulkWriteOperation[],
  options?: BulkWriteOptions
): SyncStyle<BulkWriteResult> {
  if (!Array.isArray(operations)) {
    throw new MongoInvalidArgumentError('Argument "operations" must be an array of documents');
  }
  const resolved = resolveOptions(this, options ?? {});
  checkSignal(resolved.signal);
  if (!clientOf(this.client).topology) yield* waitFor(autoConnect(this.client));
  const bulk =
    resolved.ordered === false
      ? this.initializeUnorderedBulkOp(resolved)
      : this.initializeOrderedBulkOp(resolved);
  for (const operation of operations) bulk.raw(operation);
  return yield* execute.call(bulk, resolved);
}
