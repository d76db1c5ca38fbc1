/*
 * How a client's bulk write is split into commands: as the driver does, but that our codec encodes each operation.
 * Source: the driver's ClientBulkWriteCommandBuilder.
 */
import { type Document, MongoInvalidArgumentError } from 'mongodb';
import { buildOperation, type ClientBulkWriteCommand, ClientBulkWriteCommandBuilder } from '../driver.js';
import { EncodedSequence } from '../sequence.js';

/** What the driver leaves for the rest of a command, in bytes. */
const OVERHEAD = 1000;

/** Commands with these are not tried again. */
const MULTI = new Set<unknown>(['updateMany', 'deleteMany']);

/** A command under way. */
interface Batch {
  readonly ops: EncodedSequence;
  readonly nsInfo: EncodedSequence;
  /** The places of namespaces in it. */
  readonly namespaces: Map<string, number>;
  /** What the driver takes it for, in bytes. */
  length: number;
}

interface Limits {
  readonly message: number;
  readonly count: number;
  readonly object: number;
}

export class EncodingBuilder extends ClientBulkWriteCommandBuilder {
  override buildBatch(message: number, count: number, object: number): ClientBulkWriteCommand {
    this.isBatchRetryable = true;
    this.previousModelIndex = this.currentModelIndex;
    const ops = new EncodedSequence('ops');
    const nsInfo = new EncodedSequence('nsInfo');
    const batch = { ops, nsInfo, namespaces: new Map<string, number>(), length: 0 };
    while (this.hasNextBatch() && this.#add(batch, { message, count, object })) this.currentModelIndex++;
    this.lastOperations = ops.documents;
    return Object.assign(this.baseCommand(), { ops, nsInfo });
  }

  /** Gives whether the next model fits. */
  #add(batch: Batch, limits: Limits): boolean {
    const model = this.models[this.currentModelIndex]!;
    if (MULTI.has(model.name)) this.isBatchRetryable = false;
    const { ops, nsInfo, namespaces } = batch;
    const ns = model.namespace as string;
    const isNew = !namespaces.has(ns);
    const index = namespaces.get(ns) ?? namespaces.size;
    const operation = buildOperation(model, index, this.pkFactory, this.options);
    if (isNew) encode(nsInfo, { ns }, 'ns info', limits);
    encode(ops, operation, isNew ? 'ns info' : 'operation', limits);
    if (batch.length + nsInfo.size + ops.size >= limits.message) return false;
    if (ops.documents.length >= limits.count) return false;
    ops.documents.push(operation);
    batch.length = OVERHEAD + ops.add();
    if (isNew) {
      namespaces.set(ns, index);
      nsInfo.documents.push({ ns });
      batch.length += nsInfo.add();
    }
    return true;
  }
}

/** @throws MongoInvalidArgumentError when it cannot be encoded, or is too large */
function encode(section: EncodedSequence, document: Document, what: string, { object }: Limits): void {
  try {
    section.encode(document);
  } catch (cause) {
    throw new MongoInvalidArgumentError(`Could not serialize ${what} to BSON`, { cause: cause as Error });
  }
  if (section.size <= object) return;
  throw new MongoInvalidArgumentError(
    `Client bulk write operation ${section.field} of length ${section.size} exceeds the max bson object size of ${object}`
  );
}
