/* The private state of the driver's objects. */
import { ChangeStream, type MongoClientOptions } from 'mongodb';
import type * as D from './types.js';

/** A client's private state. */
export const clientOf = (client: object): D.ClientInternals => client as D.ClientInternals;

/** Makes the cursor with which a change stream is resumed. */
export const createCursorOfChanges = (stream: object, options: object): object => {
  const { prototype } = ChangeStream as object as {
    prototype: { _createChangeStreamCursor(options: object): object };
  };
  return prototype._createChangeStreamCursor.call(stream, options);
};

/** A cursor's private state. */
export const cursorOf = (cursor: object): D.CursorInternals => cursor as D.CursorInternals;

/** A session's private state. */
export const sessionOf = (session: object): D.Session => session as D.Session;

/** The cursor of a change stream, until it is resumed with another. */
export const cursorOfChanges = (stream: object): object => (stream as { cursor: object }).cursor;

export const changesOf = (stream: object): D.ChangeStreamInternals => stream as D.ChangeStreamInternals;

/** The cursor of a file that is being read: there is none before the first read. */
export const cursorOfDownload = (stream: object): { close(): Promise<void> } | undefined =>
  (stream as { s: { cursor?: { close(): Promise<void> } } }).s.cursor;

export const uploadOf = (stream: object): D.Upload => stream as D.Upload;

/** How a cursor's stream reads on: private methods and flags of the driver's. */
export const streamOf = (stream: object): { _readNext(): void; _readInProgress: boolean } =>
  stream as { _readNext(): void; _readInProgress: boolean };

/** A bulk operation's private state. */
export const bulkOf = (bulk: object): D.BulkInternals => bulk as D.BulkInternals;

/** The namespace object of a collection or a database. */
export const namespaceOf = (owner: object): D.Namespace =>
  (owner as { s: { namespace: D.Namespace } }).s.namespace;

/** What decides on the `_id` of a collection's documents. */
export const keysOf = (collection: object): D.CollectionInternals => collection as D.CollectionInternals;

/** Options that make a client open connections of the given class: an option of the driver's own, not a public one. */
export const withConnectionType = (
  options: MongoClientOptions | undefined,
  type: object
): MongoClientOptions => ({ ...options, connectionType: type }) as MongoClientOptions;
