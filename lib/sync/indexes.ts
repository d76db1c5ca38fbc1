/* The collection's methods about its indexes, in sync style. */
import {
  type Collection as DriverCollection,
  type Document,
  type IndexDescriptionCompact,
  type IndexDescriptionInfo,
  type IndexInformationOptions,
  type ListIndexesOptions,
  type MongoClient,
  MongoServerError,
  ReadPreference
} from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import {
  CreateIndexesOperation,
  CreateSearchIndexesOperation,
  DropIndexOperation,
  DropSearchIndexOperation,
  resolveOptions,
  UpdateSearchIndexOperation
} from '../driver.js';
import { execute } from '../execute.js';
import { optionsFrom } from '../options.js';
import { all } from './cursor.js';

export type Collection = DriverCollection & { readonly client: MongoClient };

const NAMESPACE_NOT_FOUND = 26;

/** With `commandOptions`, index options and command options are apart; without, `indexOptions` is both. */
export function* createIndex(
  this: Collection,
  indexSpec: unknown,
  indexOptions?: Document,
  commandOptions?: Document
): SyncStyle<string | undefined> {
  const apart = commandOptions != null;
  const operation = CreateIndexesOperation.fromIndexSpecification(
    this,
    this.collectionName,
    indexSpec,
    apart,
    apart ? indexOptions : optionsFrom(this, indexOptions),
    apart ? optionsFrom(this, commandOptions) : undefined
  );
  const [name] = yield* execute(this, operation);
  return name;
}

export function* createIndexes(
  this: Collection,
  indexSpecs: Document[],
  commandOptions?: Document,
  allowUnknownIndexOptions?: boolean
): SyncStyle<string[]> {
  const options = resolveOptions(this, { ...commandOptions, maxTimeMS: undefined });
  const operation = CreateIndexesOperation.fromIndexDescriptionArray(
    this,
    this.collectionName,
    indexSpecs,
    allowUnknownIndexOptions ?? false,
    options
  );
  return yield* execute(this, operation);
}

export function* dropIndex(this: Collection, indexName: string, options?: Document): SyncStyle<Document> {
  const primary = { ...optionsFrom(this, options), readPreference: ReadPreference.primary };
  return yield* execute(this, new DropIndexOperation(this, indexName, primary));
}

export function* dropIndexes(this: Collection, options?: Document): SyncStyle<boolean> {
  try {
    yield* execute(this, new DropIndexOperation(this, '*', optionsFrom(this, options)));
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NAMESPACE_NOT_FOUND) return false;
    throw error;
  }
}

/** Of each index all that the server tells, unless `full` is false. */
export function* indexes(
  this: Collection,
  options?: IndexInformationOptions
): SyncStyle<IndexDescriptionInfo[] | IndexDescriptionCompact> {
  const listed = (yield* all(this.listIndexes(options))) as IndexDescriptionInfo[];
  if (options?.full ?? true) return listed;
  return Object.fromEntries(listed.map(({ name, key }) => [name, Object.entries(key)]));
}

/** Of each index its fields, unless `full` is true. */
export function* indexInformation(
  this: Collection,
  options?: IndexInformationOptions
): SyncStyle<IndexDescriptionInfo[] | IndexDescriptionCompact> {
  return yield* indexes.call(this, { ...options, full: options?.full ?? false });
}

export function* indexExists(
  this: Collection,
  names: string | string[],
  options?: ListIndexesOptions
): SyncStyle<boolean> {
  const listed = (yield* all(this.listIndexes(options))) as IndexDescriptionInfo[];
  const known = new Set(listed.map(({ name }) => name));
  return [names].flat().every(name => known.has(name));
}

export function* createSearchIndex(this: Collection, description: Document): SyncStyle<string | undefined> {
  const [name] = yield* createSearchIndexes.call(this, [description]);
  return name;
}

export function* createSearchIndexes(this: Collection, descriptions: Document[]): SyncStyle<string[]> {
  return yield* execute(this, new CreateSearchIndexesOperation(this, descriptions));
}

export function* dropSearchIndex(this: Collection, name: string): SyncStyle<void> {
  yield* execute(this, new DropSearchIndexOperation(this, name));
}

export function* updateSearchIndex(this: Collection, name: string, definition: Document): SyncStyle<void> {
  yield* execute(this, new UpdateSearchIndexOperation(this, name, definition));
}
