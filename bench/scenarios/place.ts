// The part of a driver's interface that all rivals in this language share: it is enough to make a scenario's calls.
import type { Document } from 'mongodb';

export type Callback<T> = (error: Error | null | undefined, result: T) => void;

/** What an asynchronous call gives: a promise, and from this library also something to `yield*`. */
export type Pending<T> = PromiseLike<T> & Iterable<unknown, T>;

export interface Method<A extends unknown[], T> {
  (...args: A): Pending<T>;
  (...args: [...A, Callback<T>]): void;
}

export interface Cursor extends AsyncIterable<Document> {
  toArray: Method<[], Document[]>;
}

export interface ChangeStream {
  next(): PromiseLike<Document>;
}

/** A collection of any of the drivers. */
export interface Collection {
  findOne: Method<[filter: object], Document | null>;
  insertOne: Method<[document: object], { insertedId?: unknown }>;
  insertMany: Method<[documents: object[]], { insertedCount?: number }>;
  updateOne: Method<[filter: object, update: object], { matchedCount?: number; modifiedCount?: number }>;
  find(filter: object): Cursor;
  watch(pipeline: object[], options: object): ChangeStream;
}

export interface Database {
  collection(name: string): Collection;
  command(command: object): PromiseLike<Document>;
}

export interface Client {
  connect(): PromiseLike<unknown>;
  close(): PromiseLike<unknown>;
  db(name: string): Database;
}

export interface Bucket {
  openUploadStream(name: string): NodeJS.WritableStream;
  openDownloadStream(id: object): NodeJS.ReadableStream;
}

export type ObjectIdClass = new (hex: string) => object;

/** What is used of a driver's package. */
export interface Driver {
  MongoClient: new (uri: string, options: object) => Client;
  ObjectId: ObjectIdClass;
  GridFSBucket: new (database: Database, options: { bucketName: string }) => Bucket;
}

/** Where a rival has the calls of a scenario made. */
export interface Place {
  driver: Driver;
  /** Makes another client, which is not connected yet, with the address and the options of the rival's own. */
  newClient(): Client;
  database: Database;
  /** The name of the collection that the scenario finds in or inserts into, and that collection. */
  name: string;
  collection: Collection;
}
