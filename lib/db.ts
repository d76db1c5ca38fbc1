import {
  Db as DriverDb,
  type AggregateOptions,
  type CollectionInfo,
  type ChangeStreamDocument,
  type ChangeStreamOptions,
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
  type RunCursorCommandOptions,
  type SetProfilingLevelOptions,
  MongoInvalidArgumentError
} from 'mongodb';
import { Admin } from './admin.js';
import { asynchronizeClass } from './asynchronize.js';
import type { MongoClient } from './client.js';
import { type ChangeStream, watched } from './change-stream.js';
import { Collection } from './collection.js';
import type { Abortable } from './collection-types.js';
import { AggregationCursor } from './cursor.js';
import type { CursorPrefetchOptions } from './cursor-types.js';
import { namespaceOf, resolveOptions } from './driver.js';
import type { Future } from './future.js';
import type { IndexInformation } from './index-types.js';
import { ListCollectionsCursor, RunCommandCursor } from './list-cursors.js';
import type { Callback, Method } from './styles.js';
import { checkSignal } from './options.js';
import * as collections from './sync/collections.js';
import * as sync from './sync/db.js';

type Brief = Pick<CollectionInfo, 'name' | 'type'>;

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
    options?: AggregateOptions & CursorPrefetchOptions & Abortable
  ): AggregationCursor<T> {
    checkSignal(options?.signal);
    return new AggregationCursor<T>(this.client, namespaceOf(this), pipeline, resolveOptions(this, options));
  }

  /** Commands about the whole server. */
  override admin(): Admin {
    return new Admin(this);
  }

  override listCollections(
    filter: Document,
    options: Exclude<ListCollectionsOptions, 'nameOnly'> & { nameOnly: true } & Abortable
  ): ListCollectionsCursor<Brief>;
  override listCollections(
    filter: Document,
    options: Exclude<ListCollectionsOptions, 'nameOnly'> & { nameOnly: false } & Abortable
  ): ListCollectionsCursor<CollectionInfo>;
  override listCollections<T extends Brief | CollectionInfo = Brief | CollectionInfo>(
    filter?: Document,
    options?: ListCollectionsOptions & Abortable
  ): ListCollectionsCursor<T>;
  override listCollections<T extends Brief | CollectionInfo = Brief | CollectionInfo>(
    filter: Document = {},
    options: ListCollectionsOptions & Abortable = {}
  ): ListCollectionsCursor<T> {
    checkSignal(options.signal);
    return new ListCollectionsCursor<T>(this, filter, resolveOptions(this, options));
  }

  override runCursorCommand(command: Document, options?: RunCursorCommandOptions): RunCommandCursor {
    return new RunCommandCursor(this, command, { ...options });
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
  /** The fields of each index of a collection, by its name; with `full: true` all that the server tells of them. */
  indexInformation: IndexInformation<[name: string]>;
  createIndex: Method<[name: string, indexSpec: IndexSpecification, options?: CreateIndexesOptions], string>;
  removeUser: Method<[username: string, options?: RemoveUserOptions], boolean>;
  setProfilingLevel: Method<[level: ProfilingLevel, options?: SetProfilingLevelOptions], ProfilingLevel>;
  profilingLevel: Method<[options?: ProfilingLevelOptions], string>;
  renameCollection: RenameCollection;
  /** Changes of this database's collections, as they happen. */
  watch<TSchema extends Document = Document, TChange extends Document = ChangeStreamDocument<TSchema>>(
    pipeline?: Document[],
    options?: ChangeStreamOptions
  ): ChangeStream<TSchema, TChange>;
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

asynchronizeClass(Db, {
  async: {
    command: sync.command,
    stats: sync.stats,
    dropDatabase: sync.dropDatabase,
    createIndex: sync.createIndex,
    indexInformation: sync.indexInformation,
    removeUser: sync.removeUser,
    profilingLevel: sync.profilingLevel,
    setProfilingLevel: sync.setProfilingLevel,
    createCollection: collections.createCollection,
    collections: collections.collections,
    renameCollection: collections.renameCollection,
    dropCollection: collections.dropCollection
  },
  chaining: ['watch'],
  wrap: { watch: watched },
  callerStack: (db?: Db) => db?.client.callerStack
});
