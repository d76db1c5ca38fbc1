/*
 * How a client's bulk write is split into commands: as the driver does, but that our codec encodes each operation.
 * Source: the driver's ClientBulkWriteCommandBuilder.
 */
import { type Document, MongoInvalidArgumentError } from 'mongodb';
import { serialize } from '../bson/index.js';
import { buildOperation, type ClientBulkWriteCommand, ClientBulkWriteCommandBuilder } from '../driver.js';

/** What the driver leaves for the rest of a command, in bytes. */
const OVERHEAD = 1000;

/** Commands with these are not tried again. */
const MULTI = new Set<unknown>(['updateMany', 'deleteMany']);

/** A command under way. */
interface Batch {
  readonly command: ClientBulkWriteCommand;
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
    const batch = { command: this.baseCommand(), namespaces: new Map<string, number>(), length: 0 };
    while (this.hasNextBatch() && this.#add(batch, { message, count, object })) this.currentModelIndex++;
    this.lastOperations = batch.command.ops.documents;
    return batch.command;
  }

  /** Gives whether the next model fits. */
  #add(batch: Batch, limits: Limits): boolean {
    const model = this.models[this.currentModelIndex]!;
    if (MULTI.has(model.name)) this.isBatchRetryable = false;
    const ns = model.namespace as string;
    const { namespaces, command } = batch;
    const place = namespaces.get(ns);
    const operation = buildOperation(model, place ?? namespaces.size, this.pkFactory, this.options);
    const what = place === undefined ? 'ns info' : 'operation';
    const info = place === undefined ? encode('nsInfo', { ns }, what, limits) : undefined;
    const bytes = encode('ops', operation, what, limits);
    const after = batch.length + (info?.length ?? 0) + bytes.length;
    if (after >= limits.message || command.ops.documents.length >= limits.count) return false;
    if (info) namespaces.set(ns, namespaces.size);
    batch.length =
      OVERHEAD + (info ? command.nsInfo.push({ ns }, info) : 0) + command.ops.push(operation, bytes);
    return true;
  }
}

/** @throws MongoInvalidArgumentError when it cannot be encoded, or is too large */
function encode(name: string, document: Document, what: string, { object }: Limits): Uint8Array {
  const bytes = encoded(document, what);
  if (bytes.length <= object) return bytes;
  throw new MongoInvalidArgumentError(
    `Client bulk write operation ${name} of length ${bytes.length} exceeds the max bson object size of ${object}`
  );
}

function encoded(document: Document, what: string): Uint8Array {
  try {
    return serialize(document);
  } catch (cause) {
    throw new MongoInvalidArgumentError(`Could not serialize ${what} to BSON`, { cause: cause as Error });
  }
}
