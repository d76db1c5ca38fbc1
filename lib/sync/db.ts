/* The database's methods, in sync style. */
import type {
  Db as DriverDb,
  Document,
  IndexDescriptionCompact,
  IndexDescriptionInfo,
  IndexInformationOptions,
  MongoClient,
  ProfilingLevel,
  RunCommandOptions
} from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import {
  CreateIndexesOperation,
  DbStatsOperation,
  DropDatabaseOperation,
  namespaceOf,
  ProfilingLevelOperation,
  RemoveUserOperation,
  resolveBSONOptions,
  resolveOptions,
  RunCommandOperation,
  SetProfilingLevelOperation
} from '../driver.js';
import { execute } from '../execute.js';
import * as ofCollection from './indexes.js';

type Db = DriverDb & { readonly client: MongoClient };

/** Nothing is inherited from the database: the command runs as it is given. Source: the Run Command specification. */
export function* command(
  this: Db,
  command: Document,
  options?: RunCommandOptions & { signal?: AbortSignal }
): SyncStyle<Document> {
  const given = {
    session: options?.session,
    readPreference: options?.readPreference,
    signal: options?.signal
  };
  const resolved = resolveOptions(undefined, { ...resolveBSONOptions(options), ...given });
  return yield* execute(this, new RunCommandOperation(namespaceOf(this), command, resolved));
}

export function* stats(this: Db, options?: Document): SyncStyle<Document> {
  return yield* execute(this, new DbStatsOperation(this, resolveOptions(this, options)));
}

export function* dropDatabase(this: Db, options?: Document): SyncStyle<boolean> {
  return yield* execute(this, new DropDatabaseOperation(this, resolveOptions(this, options)));
}

/** Nothing is inherited from the database or the collection. */
export function* createIndex(
  this: Db,
  name: string,
  indexSpec: unknown,
  options?: Document
): SyncStyle<string | undefined> {
  const operation = CreateIndexesOperation.fromIndexSpecification(
    this,
    name,
    indexSpec,
    false,
    options ?? {},
    undefined
  );
  const [index] = yield* execute(this, operation);
  return index;
}

export function* indexInformation(
  this: Db,
  name: string,
  options?: IndexInformationOptions
): SyncStyle<IndexDescriptionInfo[] | IndexDescriptionCompact> {
  const collection = this.collection(name) as ofCollection.Collection;
  return yield* ofCollection.indexInformation.call(collection, resolveOptions(this, options));
}

export function* removeUser(this: Db, username: string, options?: Document): SyncStyle<boolean> {
  return yield* execute(this, new RemoveUserOperation(this, username, resolveOptions(this, options)));
}

export function* profilingLevel(this: Db, options?: Document): SyncStyle<string> {
  return yield* execute(this, new ProfilingLevelOperation(this, resolveOptions(this, options)));
}

export function* setProfilingLevel(
  this: Db,
  level: ProfilingLevel,
  options?: Document
): SyncStyle<ProfilingLevel> {
  return yield* execute(this, new SetProfilingLevelOperation(this, level, resolveOptions(this, options)));
}
