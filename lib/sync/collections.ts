/* How a database's collections are made, listed, renamed and dropped, in sync style. */
import {
  type Collection as DriverCollection,
  type CollectionInfo,
  Db as DriverDb,
  type Document,
  MongoAPIError,
  type MongoClient,
  ReadPreference
} from 'mongodb';
import { type SyncStyle, waitFor } from '../coroutine.js';
import {
  CreateCollectionOperation,
  DropCollectionOperation,
  RenameOperation,
  resolveOptions
} from '../driver.js';
import { execute } from '../execute.js';
import { all } from './cursor.js';

type Db = DriverDb & { readonly client: MongoClient };
type Collection = DriverCollection & { readonly client: MongoClient; readonly db: Db };

/** One with encrypted fields has collections beside it, and is the driver's to make. */
export function* createCollection(this: Db, name: string, options?: Document): SyncStyle<DriverCollection> {
  const resolved: Document = resolveOptions(this, options);
  const fields: unknown =
    resolved.encryptedFields ?? encryptedFieldsMap(this)?.[`${this.databaseName}.${name}`];
  if (fields) yield* waitFor(DriverDb.prototype.createCollection.call(this, name, options));
  else yield* execute(this, new CreateCollectionOperation(this, name, resolved));
  return this.collection(name, resolved);
}

/** One that may have encrypted fields, and so collections beside it, is the driver's to drop. */
export function* dropCollection(this: Db, name: string, options?: Document): SyncStyle<boolean> {
  const resolved: Document = resolveOptions(this, options);
  if (!resolved.encryptedFields && !encryptedFieldsMap(this)) {
    return yield* execute(this, new DropCollectionOperation(this, name, resolved));
  }
  return yield* waitFor(DriverDb.prototype.dropCollection.call(this, name, options));
}

function encryptedFieldsMap({ client }: Db): Document | undefined {
  return client.options.autoEncryption?.encryptedFieldsMap;
}

export function* collections(this: Db, options?: Document): SyncStyle<DriverCollection[]> {
  const named: Document = { ...resolveOptions(this, options), nameOnly: true };
  const listed = yield* all(this.listCollections({}, named));
  return listed
    .filter(({ name }) => !name.includes('$'))
    .map(({ name }) => this.collection(name, this.options));
}

export function* renameCollection(
  this: Db,
  from: string,
  to: string,
  options?: Document
): SyncStyle<DriverCollection> {
  return yield* rename.call(this.collection(from) as Collection, to, options);
}

/** Nothing is inherited from the collection. @returns the collection of the new name, with the options of the old */
export function* rename(this: Collection, newName: string, options?: Document): SyncStyle<DriverCollection> {
  const primary = resolveOptions(undefined, { ...options, readPreference: ReadPreference.primary });
  const renamed = yield* execute(this, new RenameOperation(this, newName, primary));
  return Object.setPrototypeOf(renamed, Object.getPrototypeOf(this) as object) as DriverCollection;
}

export function* drop(this: Collection, options?: Document): SyncStyle<boolean> {
  return yield* dropCollection.call(this.db, this.collectionName, options);
}

/** The options that the collection was made with. @throws MongoAPIError when there is no such collection */
export function* options(this: Collection, options?: Document): SyncStyle<Document> {
  const whole: Document = { ...resolveOptions(this, options), nameOnly: false };
  const [info] = (yield* all(
    this.db.listCollections({ name: this.collectionName }, whole)
  )) as CollectionInfo[];
  if (info?.options == null) throw new MongoAPIError(`collection ${this.namespace} not found`);
  return info.options;
}

export function* isCapped(this: Collection, opts?: Document): SyncStyle<boolean> {
  const { capped } = yield* options.call(this, opts);
  return Boolean(capped);
}
