/* The administrator's methods, in sync style. */
import type { Admin as DriverAdmin, Db, Document, ListDatabasesResult, RunCommandOptions } from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import {
  ListDatabasesOperation,
  MongoDBNamespace,
  type Operation,
  RemoveUserOperation,
  resolveBSONOptions,
  RunCommandOperation,
  ValidateCollectionOperation
} from '../driver.js';
import { execute } from '../execute.js';

/** Its state is the driver's. */
type Admin = DriverAdmin & { readonly s: { readonly db: Db } };

/** Runs on the database `admin`, whichever this was made of. Nothing is inherited. */
export function* command(this: Admin, command: Document, options?: RunCommandOptions): SyncStyle<Document> {
  const given = {
    session: options?.session,
    readPreference: options?.readPreference,
    signal: options?.signal
  };
  const own = { ...resolveBSONOptions(options), ...given };
  return yield* run(this, new RunCommandOperation(new MongoDBNamespace('admin'), command, own));
}

const running = (document: Document) =>
  function* (this: Admin, options?: RunCommandOptions): SyncStyle<Document> {
    return yield* command.call(this, { ...document }, options);
  };

export const buildInfo = running({ buildinfo: 1 });
export const serverStatus = running({ serverStatus: 1 });
export const ping = running({ ping: 1 });
export const replSetGetStatus = running({ replSetGetStatus: 1 });

export function* removeUser(this: Admin, username: string, options?: Document): SyncStyle<boolean> {
  return yield* run(this, new RemoveUserOperation(this.s.db, username, { dbName: 'admin', ...options }));
}

/** @throws MongoUnexpectedServerResponseError when the collection is not valid */
export function* validateCollection(
  this: Admin,
  collectionName: string,
  options?: Document
): SyncStyle<Document> {
  return yield* run(this, new ValidateCollectionOperation(this, collectionName, options ?? {}));
}

export function* listDatabases(this: Admin, options?: Document): SyncStyle<ListDatabasesResult> {
  return yield* run(this, new ListDatabasesOperation(this.s.db, { ...options }));
}

function* run<T>(admin: Admin, operation: Operation<T>): SyncStyle<T> {
  return yield* execute({ client: admin.s.db.client, namespace: 'admin' }, operation);
}
