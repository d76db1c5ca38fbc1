export * from 'mongodb';

export { Admin } from './admin.js';
export { BSON } from './bson/namespace.js';
export { asynchronize, asynchronizeClass } from './asynchronize.js';
export type { AsynchronizeOptions, ClassTable } from './asynchronize.js';
export { OrderedBulkOperation, UnorderedBulkOperation } from './bulk.js';
export type { BulkFindOperators } from './bulk.js';
export { ChangeStream } from './change-stream.js';
export { ClientEncryption } from './client-encryption.js';
export { ClientSession } from './client-session.js';
export { MongoClient } from './client.js';
export type { MongoClientOptions } from './client.js';
export type { CheckOutContext, CommandContext, OperationContext } from './channel-contexts.js';
export type { TracingOptions } from './open-telemetry.js';
export { Collection } from './collection.js';
export { Coroutine, coroutine, moment, running, SUSPENDED, waitFor } from './coroutine.js';
export type { SyncStyle } from './coroutine.js';
export { AggregationCursor, FindCursor } from './cursor.js';
export {
  ListCollectionsCursor,
  ListIndexesCursor,
  ListSearchIndexesCursor,
  RunCommandCursor
} from './list-cursors.js';
export { Db } from './db.js';
export { BadYieldError, MotorError } from './errors.js';
export { bluebird, nativePromises, useFramework } from './frameworks.js';
export type { BluebirdLike, Deferral, Framework } from './frameworks.js';
export { Future } from './future.js';
export { GridFSBucket } from './gridfs.js';
export { GridFSBucketReadStream, GridFSBucketWriteStream } from './gridfs-streams.js';
export * from './motor-names.js';
export type { CursorPrefetchOptions } from './cursor-types.js';
export type { JsonOptions } from './sync/json.js';
export type { Completion } from './future.js';
export type { SessionBody, SessionCallbackBody } from './session-types.js';
export type { Asynchronized, Callback, Method } from './styles.js';
