export * from 'mongodb';

export { asynchronize, asynchronizeClass } from './asynchronize.js';
export type { AsynchronizeOptions, ClassTable } from './asynchronize.js';
export { MongoClient } from './client.js';
export type { MongoClientOptions } from './client.js';
export { Collection } from './collection.js';
export { Coroutine, coroutine, moment, running, SUSPENDED, waitFor } from './coroutine.js';
export type { SyncStyle } from './coroutine.js';
export { AggregationCursor, FindCursor } from './cursor.js';
export { Db } from './db.js';
export { BadYieldError, MotorError } from './errors.js';
export { bluebird, nativePromises, useFramework } from './frameworks.js';
export type { BluebirdLike, Deferral, Framework } from './frameworks.js';
export { Future } from './future.js';
export type { Completion } from './future.js';
export type { Asynchronized, Callback, Method } from './styles.js';
