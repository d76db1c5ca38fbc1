/*
 * The client's bulk write, in sync style: writes to several collections in as few commands as fit. The driver's builder
 * makes the commands, its merger adds up their results.
 * Source: the driver's ClientBulkWriteExecutor, and the Bulk Write specification.
 */
import {
  type ClientBulkWriteResult,
  type Document,
  type MongoClient,
  MongoClientBulkWriteError,
  MongoInvalidArgumentError,
  MongoServerError,
  MongoWriteConcernError
} from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import {
  type ClientBulkWriteBuilder as Builder,
  ClientBulkWriteExecutor,
  ClientBulkWriteResultsMerger,
  clientOf,
  type CommandOptions,
  resolveOptions
} from '../driver.js';
import { execute, inOneSession } from '../execute.js';
import { EncodingBuilder } from './client-batches.js';
import { BatchOperation, forEachResult } from './client-bulk-results.js';

type Options = CommandOptions & { readonly ordered: boolean; readonly verboseResults: boolean };
type Merger = InstanceType<typeof ClientBulkWriteResultsMerger>;

/** One command after another, of a bulk write. */
interface BulkWrite {
  readonly client: MongoClient;
  readonly namespace: string;
  readonly builder: Builder;
  readonly options: Options;
}

export function* bulkWrite(
  this: MongoClient,
  models: readonly Document[],
  options?: Document
): SyncStyle<ClientBulkWriteResult> {
  const { autoEncrypter, s } = clientOf(this);
  if (autoEncrypter) {
    throw new MongoInvalidArgumentError(
      'MongoClient bulkWrite does not currently support automatic encryption.'
    );
  }
  const checked = new ClientBulkWriteExecutor(this, models, resolveOptions(this, options));
  const builder = new EncodingBuilder(checked.operations, checked.options, s.options.pkFactory);
  const write = { client: this, namespace: 'admin.$cmd', builder, options: checked.options };
  return yield* checked.options.writeConcern?.w === 0 ? unacknowledged(write) : acknowledged(write);
}

function* unacknowledged(write: BulkWrite): SyncStyle<ClientBulkWriteResult> {
  while (write.builder.hasNextBatch()) {
    yield* execute(write, new BatchOperation(write.builder, { ...write.options }));
  }
  return ClientBulkWriteResultsMerger.unacknowledged();
}

function* acknowledged(write: BulkWrite): SyncStyle<ClientBulkWriteResult> {
  const merger = new ClientBulkWriteResultsMerger(write.options);
  while (write.builder.hasNextBatch()) {
    yield* inOneSession(write.client, write.options.session, session =>
      writeBatch({ ...write, options: { ...write.options, session } }, merger)
    );
  }
  if (merger.writeConcernErrors.length === 0 && merger.writeErrors.size === 0) return merger.bulkWriteResult;
  const { writeConcernErrors, writeErrors, bulkWriteResult: partialResult } = merger;
  throw Object.assign(
    new MongoClientBulkWriteError({
      message: 'Mongo client bulk write encountered errors during execution.'
    }),
    { writeConcernErrors, writeErrors, partialResult }
  );
}

function* writeBatch(write: BulkWrite, merger: Merger): SyncStyle<void> {
  const { builder, options } = write;
  try {
    const operation = new BatchOperation(builder, { ...options });
    const response = yield* execute(write, operation);
    merger.incrementCounts(response);
    yield* forEachResult(write, operation, response, document => note(write, merger, document));
  } catch (error) {
    if (!(error instanceof MongoWriteConcernError)) throw explained(error, merger);
    noteWriteConcernError(write, merger, error.result);
  } finally {
    merger.currentBatchOffset += builder.lastOperations.length;
  }
}

function note({ builder, options }: BulkWrite, merger: Merger, document: Document): void {
  if (document.ok === 1) {
    if (options.verboseResults) merger.processDocument({ operations: builder.lastOperations }, document);
    return;
  }
  const index = (document.idx as number) + merger.currentBatchOffset;
  const writeError = { code: document.code as number, message: document.errmsg as string };
  if (!options.ordered) return void merger.writeErrors.set(index, writeError);
  const error = new MongoClientBulkWriteError({
    message: 'Mongo client ordered bulk write encountered a write error.'
  });
  error.writeErrors.set(index, writeError);
  error.partialResult = merger.result;
  throw error;
}

/** It ends nothing: the writes were made, and the batches that follow are, too. It is told at the end. */
function noteWriteConcernError(write: BulkWrite, merger: Merger, reply: Document): void {
  for (const document of (reply.cursor?.firstBatch as Document[] | undefined) ?? []) {
    if (document.ok === 1) note(write, merger, document);
  }
  merger.incrementCounts({
    insertedCount: reply.nInserted as number,
    upsertedCount: reply.nUpserted as number,
    matchedCount: reply.nMatched as number,
    modifiedCount: reply.nModified as number,
    deletedCount: reply.nDeleted as number
  });
  const { code, errmsg: message } = reply.writeConcernError as Document;
  merger.writeConcernErrors.push({ code, message });
}

/** The server's error, with what was done before it. The client's own errors are thrown as they are. */
function explained(error: unknown, merger: Merger): unknown {
  if (!(error instanceof MongoServerError) || error instanceof MongoClientBulkWriteError) return error;
  const message = 'Mongo client bulk write encountered an error during execution';
  return Object.assign(new MongoClientBulkWriteError({ message }), {
    cause: error,
    partialResult: merger.bulkWriteResult
  });
}
