import type { Document } from 'mongodb';
import { InvalidTest } from '../mismatch';

/** The arguments without which an operation makes no sense. */
const required: Record<string, string[]> = {
  aggregate: ['pipeline'],
  assertNumberConnectionsCheckedOut: ['client', 'connections'],
  bulkWrite: ['requests'],
  clientBulkWrite: ['models'],
  countDocuments: ['filter'],
  createCommandCursor: ['command'],
  createFindCursor: ['filter'],
  createIndex: ['keys'],
  deleteMany: ['filter'],
  deleteOne: ['filter'],
  distinct: ['fieldName', 'filter'],
  download: ['id'],
  downloadByName: ['filename'],
  find: ['filter'],
  findOneAndDelete: ['filter'],
  findOneAndReplace: ['filter', 'replacement'],
  findOneAndUpdate: ['filter', 'update'],
  insertMany: ['documents'],
  insertOne: ['document'],
  loop: ['operations'],
  replaceOne: ['filter', 'replacement'],
  runCommand: ['command'],
  runCursorCommand: ['command'],
  updateMany: ['filter', 'update'],
  updateOne: ['filter', 'update'],
  upload: ['filename', 'source'],
  waitForEvent: ['client', 'event', 'count'],
  withTransaction: ['callback']
};

/** A test that leaves one out is wrong, which must not look like an error of the driver's. */
export function assertRequired(operation: string, args: Document): void {
  const missing = (required[operation] ?? []).filter(name => args[name] === undefined);
  if (missing.length > 0) throw new InvalidTest(`${operation} needs ${missing.join(' and ')}`);
}
