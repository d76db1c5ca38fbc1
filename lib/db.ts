import {
  Db as DriverDb,
  type AggregateOptions,
  type CollectionOptions,
  type CreateCollectionOptions,
  type CreateIndexesOptions,
  type DbOptions,
  type DbStatsOptions,
  type Document,
  type DropCollectionOptions,
  type DropDatabaseOptions,
  type IndexSpecification,
  type ListCollectionsOptions,
  type ProfilingLevel,
  type ProfilingLevelOptions,
  type RemoveUserOptions,
  type RenameOptions,
  type RunCommandOptions,
  type SetProfilingLevelOptions,
  MongoInvalidArgumentError
} from 'mongodb';
import { asynchronizeClass } from './asynchronize.js';
import type { MongoClient } from './client.js';
import { Collection } from './collection.js';
import { AggregationCursor, ours } from './cursor.js';
import { namespaceOf, resolveOptions } from './driver.js';
import type { Future } from './future.js';
import type { Callback, Method } from './styles.js';
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

/** Made by the table below. */
export interface Db {
  /** Runs a command as it is given. */
  command: Method<[command: Document, options?: RunCommandOptions & { signal?: AbortSignal }], Document>;
  /** Makes a collection, with the options that only the making takes. */
  createCollection: CreateCollection;
  stats: Method<[options?: DbStatsOptions], Document>;
  dropCollection: Method<[name: string, options?: DropCollectionOptions], boolean>;
  dropDatabase: Method<[options?: DropDatabaseOptions], boolean>;
  collections: Method<[options?: ListCollectionsOptions], Collection[]>;
  createIndex: Method<[name: string, indexSpec: IndexSpecification, options?: CreateIndexesOptions], string>;
  removeUser: Method<[username: string, options?: RemoveUserOptions], boolean>;
  setProfilingLevel: Method<[level: ProfilingLevel, options?: SetProfilingLevelOptions], ProfilingLevel>;
  profilingLevel: Method<[options?: ProfilingLevelOptions], string>;
  renameCollection: RenameCollection;
}

interface CreateCollection {
  <T extends Document = Document>(name: string, callback: Callback<Collection<T>>): void;
  <T extends Document = Document>(
    name: string,
    options: CreateCollectionOptions | undefined,
    callback: Callback<Collection<T>>
  ): void;
  <T extends Document = Document>(name: string, options?: CreateCollectionOptions): Future<Collection<T>>;
}

interface RenameCollection {
  <T extends Document = Document>(from: string, to: string, callback: Callback<Collection<T>>): void;
  <T extends Document = Document>(
    from: string,
    to: string,
    options: RenameOptions | undefined,
    callback: Callback<Collection<T>>
  ): void;
  <T extends Document = Document>(from: string, to: string, options?: RenameOptions): Future<Collection<T>>;
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
  callerStack: (db?: Db) => db?.client.callerStack
});
