/* Bulk operations: writes that are collected, and sent in as few messages as their number and size allow. */
import type {
  BatchType,
  BulkOperationBase,
  BulkWriteOptions,
  BulkWriteResult,
  Document,
  FindOperators
} from 'mongodb';
import { asynchronizeClass, type ClassTable } from './asynchronize.js';
import type { MongoClient } from './client.js';
import { bulkOf, DriverOrderedBulkOperation, DriverUnorderedBulkOperation } from './driver.js';
import type { Method } from './styles.js';
import { add } from './sync/batches.js';
import * as sync from './sync/bulk.js';

/** Collects one operation of a bulk operation, which its last method returns. */
export interface BulkFindOperators<Bulk extends BulkOperationBase> extends FindOperators {
  update(updateDocument: Document | Document[]): Bulk;
  updateOne(updateDocument: Document | Document[]): Bulk;
  replaceOne(replacement: Document): Bulk;
  deleteOne(): Bulk;
  delete(): Bulk;
}

const executing: ClassTable = {
  async: { execute: { method: sync.execute, arity: 1 } },
  callerStack: (bulk?: object) => bulk && (bulkOf(bulk).s.collection.client as MongoClient).callerStack
};

function added<B extends object>(bulk: B, type: BatchType, operation: Document): B {
  add(bulkOf(bulk), type, operation);
  return bulk;
}

/** A bulk operation that ends at the first error. Made by `Collection.initializeOrderedBulkOp`. */
export class OrderedBulkOperation extends DriverOrderedBulkOperation {
  override addToOperationsList(type: BatchType, operation: Document): this {
    return bulkOf(this).s.usingAutoEncryption
      ? super.addToOperationsList(type, operation)
      : added(this, type, operation);
  }
}
/** Made by the table above, and by the driver. */
export interface OrderedBulkOperation {
  /** Sends what was collected, once. */
  execute: Method<[options?: BulkWriteOptions], BulkWriteResult>;
  insert(document: Document): this;
  find(selector: Document): BulkFindOperators<this>;
}
asynchronizeClass(OrderedBulkOperation, executing);

/** A bulk operation that goes on after errors. Made by `Collection.initializeUnorderedBulkOp`. */
export class UnorderedBulkOperation extends DriverUnorderedBulkOperation {
  override addToOperationsList(type: BatchType, operation: Document): this {
    return bulkOf(this).s.usingAutoEncryption
      ? super.addToOperationsList(type, operation)
      : added(this, type, operation);
  }
}
/** Made by the table above, and by the driver. */
export interface UnorderedBulkOperation {
  /** Sends what was collected, once. */
  execute: Method<[options?: BulkWriteOptions], BulkWriteResult>;
  insert(document: Document): this;
  find(selector: Document): BulkFindOperators<this>;
}
asynchronizeClass(UnorderedBulkOperation, executing);
