/*
 * How a bulk operation splits what it collects into batches: as the driver does. Each operation is encoded once, when it
 * is added, and where it is sent from.
 * Source: the driver's OrderedBulkOperation and UnorderedBulkOperation.
 */
import { BatchType, type BSONSerializeOptions, type Document, MongoInvalidArgumentError } from 'mongodb';
import type { Batch, BulkInternals, BulkState } from '../driver.js';
import { EncodedSequence } from '../sequence.js';

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

type Added = readonly [type: BatchType, operation: Document];

/** An operation that is being encoded, and those that were added to the same bulk operation meanwhile. */
interface Encoding {
  readonly bulk: BulkInternals;
  readonly outer: Encoding | undefined;
  readonly others: Added[];
}

let encoding: Encoding | undefined;

/** Adds an operation to a bulk operation. What it runs when it is encoded may add others, which come before it. */
export function add(bulk: BulkInternals, type: BatchType, operation: Document): void {
  for (let each = encoding; each; each = each.outer) {
    if (each.bulk === bulk) return void each.others.push([type, operation]);
  }
  const batch = batchOf(bulk, type);
  const others = encode(bulk, batch.sequence!, operation);
  if (others.length === 0) return addEncoded(bulk, batch, operation);
  const bytes = Buffer.from(batch.sequence!.pending);
  addAll(bulk, others);
  const later = batchOf(bulk, type);
  later.sequence!.put(bytes);
  addEncoded(bulk, later, operation);
}

function addAll(bulk: BulkInternals, all: readonly Added[]): void {
  for (const [type, operation] of all) add(bulk, type, operation);
}

/** Gives what else has been added meanwhile, and is not yet there. */
function encode(bulk: BulkInternals, sequence: EncodedSequence, operation: Document): readonly Added[] {
  const own: Encoding = (encoding = { bulk, outer: encoding, others: [] });
  let done = false;
  try {
    sequence.encode(operation, encodingOf(bulk.s));
    done = true;
  } finally {
    encoding = own.outer;
    if (!done) addAll(bulk, own.others);
  }
  return own.others;
}

/** The batch that is open for operations of this type, or a new one. */
function batchOf(bulk: BulkInternals, type: BatchType): EncodedBatch {
  const { s } = bulk;
  const open = s[fieldOf(bulk, type)];
  const isOpen = open instanceof EncodedBatch && open.batchType === type && open.sequence !== undefined;
  return isOpen ? open : new EncodedBatch(type, s.currentIndex);
}

/** Which of its fields has the batch that is added to. */
const fieldOf = ({ isOrdered }: BulkInternals, type: BatchType) => (isOrdered ? 'currentBatch' : OPEN[type]);

function encodingOf({ checkKeys, bsonOptions }: BulkState): BSONSerializeOptions {
  const { ignoreUndefined, serializeFunctions } = bsonOptions;
  return { checkKeys, ignoreUndefined, serializeFunctions };
}

/** Adds an operation that is encoded in this batch to it, or to the next if this is full. */
function addEncoded(bulk: BulkInternals, into: EncodedBatch, operation: Document): void {
  const { s } = bulk;
  const { batchType: type, sequence } = into;
  const { size } = sequence!;
  if (size >= s.maxBsonObjectSize) {
    throw new MongoInvalidArgumentError(`Document is larger than the maximum size ${s.maxBsonObjectSize}`);
  }
  const field = fieldOf(bulk, type);
  const batch = (s[field] = batchFor(s, s[field], into, size)) as EncodedBatch;
  if (type === BatchType.INSERT) s.bulkResult.insertedIds.push({ index: s.currentIndex, _id: operation._id });
  batch.originalIndexes.push(s.currentIndex++);
  batch.operations.push(operation);
  if (batch !== into) batch.sequence?.put(sequence!.pending);
  batch.sequence?.add();
  batch.size++;
  batch.sizeBytes += s.maxKeySize + size;
}

/** The batch at hand, or a new one, when that is full or of another type. */
function batchFor(s: BulkState, open: Batch | undefined, into: EncodedBatch, size: number): Batch {
  const batch = open ?? into;
  const full =
    batch.size + 1 >= s.maxWriteBatchSize ||
    (batch.size > 0 && batch.sizeBytes + s.maxKeySize + size >= s.maxBatchSizeBytes);
  if (!full && batch.batchType === into.batchType) return batch;
  s.batches.push(batch);
  return batch === into ? new EncodedBatch(into.batchType, s.currentIndex) : into;
}
