/*
 * The execution of a bulk operation, in sync style: one command for each of its batches, until an error that ends it.
 * The driver's object collects the operations, splits them into batches, and holds what has come of them so far.
 * Source: the driver's BulkOperationBase, and the CRUD specification.
 */
import {
  BatchType,
  type BulkWriteOptions,
  type Document,
  MongoBatchReExecutionError,
  MongoBulkWriteError,
  MongoInvalidArgumentError,
  MongoWriteConcernError,
  WriteConcern
} from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import {
  type Batch,
  type BulkInternals,
  bulkOf,
  BulkWriteResult,
  type CommandOptions,
  type Connection,
  DeleteOperation,
  InsertOperation,
  mergeBatchResults,
  type Operation,
  resolveOptions,
  type Session,
  UpdateOperation
} from '../driver.js';
import { execute as run, inOneSession, named } from '../execute.js';
import type { EncodedSequence } from '../sequence.js';
import { FIELDS, takeSequence } from './batches.js';

type Options = Omit<BulkWriteOptions, 'session'> & CommandOptions;
type Result = InstanceType<typeof BulkWriteResult>;

export function* execute(this: object, options: BulkWriteOptions = {}): SyncStyle<Result> {
  const bulk = bulkOf(this);
  const { collection, options: initial, namespace } = bulk.s;
  begin(bulk, options);
  const resolved: Options = resolveOptions(collection, { ...initial, ...options });
  try {
    return yield* inOneSession(collection.client, resolved.session, session =>
      writeAll(bulk, { ...resolved, session })
    );
  } catch (error) {
    throw named(error, namespace, 'bulkWrite');
  }
}

/** The last batches are complete now. */
function begin({ isOrdered, s }: BulkInternals, options: BulkWriteOptions): void {
  if (s.executed) throw new MongoBatchReExecutionError();
  s.writeConcern = WriteConcern.fromOptions(options) ?? s.writeConcern;
  const open = isOrdered
    ? [s.currentBatch]
    : [s.currentInsertBatch, s.currentUpdateBatch, s.currentRemoveBatch];
  for (const batch of open) if (batch) s.batches.push(batch);
  if (s.batches.length === 0) {
    throw new MongoInvalidArgumentError('Invalid BulkOperation, Batch cannot be empty');
  }
  s.executed = true;
}

/** An ordered one ends at the first error; of the others the errors are told when all is done. */
function* writeAll(bulk: BulkInternals, options: Options): SyncStyle<Result> {
  const { batches, bulkResult } = bulk.s;
  for (const batch of batches) {
    yield* write(bulk, batch, options);
    const failed = bulkResult.writeErrors.length > 0 || bulkResult.writeConcernErrors.length > 0;
    if (failed && bulk.isOrdered) bulk.handleWriteError(resultOf(bulk));
  }
  batches.length = 0;
  const result = resultOf(bulk);
  bulk.handleWriteError(result);
  return result;
}

function* write(bulk: BulkInternals, batch: Batch, options: Options): SyncStyle<void> {
  const { collection, bulkResult } = bulk.s;
  const operation = operationFor(bulk, batch, optionsOf(bulk, options));
  let response: object;
  try {
    response = yield* run(collection, operation);
  } catch (error) {
    const { signal } = options;
    throw signal?.aborted && error === signal.reason ? error : explained(bulk, batch, error);
  }
  mergeBatchResults(batch, bulkResult, undefined, response);
}

function optionsOf(bulk: BulkInternals, options: Options): Options {
  const { isOrdered, s } = bulk;
  const resolved: Options = resolveOptions(bulk, { ...options, ordered: isOrdered });
  if (s.bypassDocumentValidation === true) resolved.bypassDocumentValidation = true;
  else if (resolved.bypassDocumentValidation !== true) delete resolved.bypassDocumentValidation;
  if (s.checkKeys === false) resolved.checkKeys = false;
  return resolved;
}

/** What was encoded when it was added is not encoded again, unless it would be encoded otherwise now. */
function operationFor({ s }: BulkInternals, batch: Batch, options: Options): Operation<object> {
  const { bsonOptions, checkKeys, namespace } = s;
  const { batchType, operations } = batch;
  const operation = new COMMANDS[batchType](namespace, operations, options);
  const sequence = takeSequence(batch);
  const sameEncoding =
    options.ignoreUndefined === bsonOptions.ignoreUndefined &&
    options.serializeFunctions === bsonOptions.serializeFunctions &&
    (options.checkKeys ?? false) === checkKeys;
  if (sameEncoding) operation.sequence = sequence;
  return operation;
}

const COMMANDS = {
  [BatchType.INSERT]: sending(InsertOperation, FIELDS[BatchType.INSERT]),
  [BatchType.UPDATE]: sending(UpdateOperation, FIELDS[BatchType.UPDATE]),
  [BatchType.DELETE]: sending(DeleteOperation, FIELDS[BatchType.DELETE])
} as const;

/** The driver's operation, which sends what has been encoded already. */
function sending(Command: typeof InsertOperation, field: string) {
  return class extends Command {
    sequence: EncodedSequence | undefined;

    override buildCommand(connection: Connection, session?: Session): Document {
      const command = super.buildCommand(connection, session);
      if (this.sequence) command[field] = this.sequence;
      return command;
    }
  };
}

/** A command's error, with what the batches before it have done. */
function explained(bulk: BulkInternals, batch: Batch, error: unknown): MongoBulkWriteError {
  if (!(error instanceof MongoWriteConcernError)) {
    return new MongoBulkWriteError(error as Error, resultOf(bulk));
  }
  mergeBatchResults(batch, bulk.s.bulkResult, error);
  const { errmsg: message, code } = error.result.writeConcernError;
  return new MongoBulkWriteError({ message, code }, resultOf(bulk));
}

/** The driver's class looks through all errors for each id: with a hundred thousand of both, for many seconds. */
function resultOf({ isOrdered, s: { bulkResult } }: BulkInternals): Result {
  if (isOrdered || bulkResult.writeErrors.length === 0) return new BulkWriteResult(bulkResult, isOrdered);
  const failed = new Set(bulkResult.writeErrors.map(({ index }) => index));
  const insertedIds = bulkResult.insertedIds.filter(({ index }) => !failed.has(index as number));
  const result = new BulkWriteResult({ ...bulkResult, insertedIds, writeErrors: [] }, isOrdered);
  return Object.defineProperty(result, 'result', { value: bulkResult });
}
