/*
 * How a bulk operation splits what it collects into batches: as the driver does. Each operation is encoded once, when it
 * is added, for its size and for the message.
 * Source: the driver's OrderedBulkOperation and UnorderedBulkOperation.
 */
import { BatchType, type BSONSerializeOptions, type Document, MongoInvalidArgumentError } from 'mongodb';
import { Output, serializeInto } from '../bson/index.js';
import type { Batch, BulkInternals, BulkState } from '../driver.js';
import { EncodedSequence } from '../sequence.js';

/** What an operation is encoded into, in bytes: to begin with, and what of it is kept. */
const ROOM = 4096;
const KEPT = 64 << 10;

/** The fields of commands in which operations are sent. */
export const FIELDS = {
  [BatchType.INSERT]: 'documents',
  [BatchType.UPDATE]: 'updates',
  [BatchType.DELETE]: 'deletes'
} as const;

/** Which of a bulk operation's fields has the batch that is added to, when it is unordered. */
const OPEN = {
  [BatchType.INSERT]: 'currentInsertBatch',
  [BatchType.UPDATE]: 'currentUpdateBatch',
  [BatchType.DELETE]: 'currentRemoveBatch'
} as const;

/** The driver's, but for the bytes. */
class EncodedBatch implements Batch {
  currentIndex = 0;
  readonly originalIndexes: number[] = [];
  readonly operations: Document[] = [];
  /** The driver has the bytes of each operation here. */
  readonly serializedOperations: Uint8Array[] = [];
  size = 0;
  sizeBytes = 0;
  sequence: EncodedSequence | undefined;

  constructor(
    readonly batchType: BatchType,
    readonly originalZeroIndex: number
  ) {
    this.sequence = new EncodedSequence(FIELDS[batchType], this.operations);
  }
}

/** Takes the bytes of a batch, if it has any, which must not be kept through the batches that follow. */
export function takeSequence(batch: Batch): EncodedSequence | undefined {
  if (!(batch instanceof EncodedBatch)) return undefined;
  const { sequence } = batch;
  batch.sequence = undefined;
  return sequence;
}

let spare: Output | undefined;

/** Adds an operation to a bulk operation. What it runs when it is encoded may add others. */
export function add(bulk: BulkInternals, type: BatchType, operation: Document): void {
  const out = spare ?? new Output(ROOM);
  spare = undefined;
  try {
    serializeInto(out, operation, encodingOf(bulk.s));
    addEncoded(bulk, type, operation, out);
  } finally {
    out.position = 0;
    out.shrink(KEPT);
    spare = out;
  }
}

function encodingOf({ checkKeys, bsonOptions }: BulkState): BSONSerializeOptions {
  const { ignoreUndefined, serializeFunctions } = bsonOptions;
  return { checkKeys, ignoreUndefined, serializeFunctions };
}

function addEncoded(
  { isOrdered, s }: BulkInternals,
  type: BatchType,
  operation: Document,
  bytes: Output
): void {
  const size = bytes.position;
  if (size >= s.maxBsonObjectSize) {
    throw new MongoInvalidArgumentError(`Document is larger than the maximum size ${s.maxBsonObjectSize}`);
  }
  const field = isOrdered ? 'currentBatch' : OPEN[type];
  const batch = (s[field] = batchFor(s, s[field], type, size)) as EncodedBatch;
  if (type === BatchType.INSERT) s.bulkResult.insertedIds.push({ index: s.currentIndex, _id: operation._id });
  batch.originalIndexes.push(s.currentIndex++);
  batch.operations.push(operation);
  batch.sequence!.append(bytes);
  batch.size++;
  batch.sizeBytes += s.maxKeySize + size;
}

/** The batch at hand, or a new one, when that is full or of another type. */
function batchFor(s: BulkState, open: Batch | undefined, type: BatchType, size: number): Batch {
  const batch = open ?? new EncodedBatch(type, s.currentIndex);
  const full =
    batch.size + 1 >= s.maxWriteBatchSize ||
    (batch.size > 0 && batch.sizeBytes + s.maxKeySize + size >= s.maxBatchSizeBytes);
  if (!full && batch.batchType === type) return batch;
  s.batches.push(batch);
  return new EncodedBatch(type, s.currentIndex);
}
