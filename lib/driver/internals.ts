/* The private state of the driver's objects. */
import type * as D from './types.js';

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
