import {
  type AggregateOptions,
  type CollectionOptions,
  Db as DriverDb,
  type DbOptions,
  type Document,
  MongoInvalidArgumentError,
  type RunCommandOptions
} from 'mongodb';
import { asynchronizeClass } from './asynchronize.js';
import type { MongoClient } from './client.js';
import { Collection } from './collection.js';
import { AggregationCursor, ours } from './cursor.js';
import { namespaceOf, resolveOptions } from './driver.js';
import type { Method } from './styles.js';
import * as sync from './sync/db.js';

/** The driver's `Db`, in every style. */
export class Db extends DriverDb {
  declare readonly client: MongoClient;

  constructor(client: MongoClient, databaseName: string, options?: DbOptions) {
    super(client, databaseName, options);
  }

  override collection<TSchema extends Document = Document>(
    name: string,
    options: CollectionOptions = {}
  ): Collection<TSchema> {
    if (typeof options === 'function') {
      throw new MongoInvalidArgumentError('The callback form of this helper has been removed.');
    }
    return new Collection<TSchema>(this, name, resolveOptions(this, options));
  }

  override aggregate<T extends Document = Document>(
    pipeline: Document[] = [],
    options?: AggregateOptions
  ): AggregationCursor<T> {
    return new AggregationCursor<T>(this.client, namespaceOf(this), pipeline, resolveOptions(this, options));
  }
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the table below makes them
export interface Db {
  /** Runs a command as it is given. */
  command: Method<[command: Document, options?: RunCommandOptions & { signal?: AbortSignal }], Document>;
}

const wrapCollection = (_: Db, made: object): object => ours(made, Collection);

asynchronizeClass(Db, {
  async: { command: sync.command },
  delegated: {
    createCollection: { arity: 2 },
    stats: { arity: 1 },
    renameCollection: { arity: 3 },
    dropCollection: { arity: 2 },
    dropDatabase: { arity: 1 },
    collections: { arity: 1 },
    createIndex: { arity: 3 },
    removeUser: { arity: 2 },
    setProfilingLevel: { arity: 2 },
    profilingLevel: { arity: 1 },
    indexInformation: { arity: 2 }
  },
  wrap: {
    createCollection: wrapCollection,
    renameCollection: wrapCollection,
    collections: (_: Db, made: object[]) => made.map(collection => ours(collection, Collection))
  },
  callerStack: (db: Db) => db.client.callerStack
});
