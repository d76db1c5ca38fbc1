/* The private side of the driver's bulk writes, of a collection and of a client. */
import type {
  Batch as PublicBatch,
  BSONSerializeOptions,
  BulkWriteResult,
  ClientBulkWriteError,
  ClientBulkWriteResult,
  Collection,
  Document,
  MongoClient,
  WriteConcern,
  WriteError
} from 'mongodb';
import type { CommandOptions, CursorResponse, Namespace } from './types.js';

export type Batch = PublicBatch;

/** What has come of a bulk write so far. */
export interface BulkResult {
  readonly insertedIds: Document[];
  readonly writeErrors: WriteError[];
  readonly writeConcernErrors: object[];
}

/** A bulk operation's private state. */
export interface BulkState {
  readonly bulkResult: BulkResult;
  readonly batches: Batch[];
  /** Of an ordered one. */
  currentBatch?: Batch;
  /** Of an unordered one. */
  currentInsertBatch?: Batch;
  currentUpdateBatch?: Batch;
  currentRemoveBatch?: Batch;
  /** How many operations there are. */
  currentIndex: number;
  readonly maxBsonObjectSize: number;
  readonly maxBatchSizeBytes: number;
  readonly maxWriteBatchSize: number;
  /** What an array's key takes at most, type and all, in bytes. */
  readonly maxKeySize: number;
  readonly collection: Collection & { readonly client: MongoClient };
  readonly namespace: Namespace;
  readonly options: Document;
  readonly bsonOptions: BSONSerializeOptions;
  readonly checkKeys: boolean;
  readonly bypassDocumentValidation?: boolean;
  readonly usingAutoEncryption: boolean;
  writeConcern?: WriteConcern;
  executed: boolean;
}

export interface BulkInternals {
  readonly isOrdered: boolean;
  readonly s: BulkState;
  /** @throws MongoBulkWriteError when `s.bulkResult` has errors, and it is time to tell of them */
  handleWriteError(result: BulkWriteResult): void;
}

/** Documents that follow a command in its message. */
export interface DocumentSequence {
  readonly field: string;
  documents: Document[];
  /** Gives the length of the section, in bytes. */
  push(document: Document, bytes: Uint8Array): number;
  toBin(): Uint8Array;
}

export interface ClientBulkWriteCommand extends Document {
  readonly ops: DocumentSequence;
  readonly nsInfo: DocumentSequence;
}

/** Turns models into commands, as many at a time as fit. */
export declare class ClientBulkWriteBuilder {
  constructor(models: readonly Document[], options: Document, pkFactory?: object);
  readonly models: readonly Document[];
  readonly options: Document;
  readonly pkFactory: object;
  /** What the latest command is made of. */
  lastOperations: Document[];
  currentModelIndex: number;
  /** Where the latest command began, to be made again. */
  previousModelIndex: number;
  isBatchRetryable: boolean;
  hasNextBatch(): boolean;
  buildBatch(
    maxMessageSizeBytes: number,
    maxWriteBatchSize: number,
    maxBsonObjectSize: number
  ): ClientBulkWriteCommand;
  /** Private. */
  baseCommand(): ClientBulkWriteCommand;
}

/** It checks models and options when it is made. */
export interface ClientBulkWriteExecutor {
  readonly operations: readonly Document[];
  readonly options: CommandOptions & { readonly ordered: boolean; readonly verboseResults: boolean };
}

export interface ClientBulkWriteResponse extends CursorResponse {
  readonly insertedCount: number;
  readonly upsertedCount: number;
  readonly matchedCount: number;
  readonly modifiedCount: number;
  readonly deletedCount: number;
}

/** Adds the results of each command to those before. */
export declare class ClientBulkWriteResultsMerger {
  static unacknowledged(): ClientBulkWriteResult;
  constructor(options: Document);
  readonly bulkWriteResult: ClientBulkWriteResult;
  readonly writeConcernErrors: Document[];
  readonly writeErrors: Map<number, ClientBulkWriteError>;
  /** Private: what `bulkWriteResult` gives a copy of. */
  readonly result: ClientBulkWriteResult;
  /** Private: how many models the commands before were made of. */
  currentBatchOffset: number;
  /** Private: takes the verbose result of one operation. */
  processDocument(command: { readonly operations: Document[] }, document: Document): void;
  /** Private. */
  incrementCounts(counts: ClientBulkWriteCounts): void;
}

export type ClientBulkWriteCounts = Pick<
  ClientBulkWriteResponse,
  'insertedCount' | 'upsertedCount' | 'matchedCount' | 'modifiedCount' | 'deletedCount'
>;
