import { type Document, MongoInvalidArgumentError } from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import {
  type ClientBulkWriteBuilder,
  ClientBulkWriteOperation,
  type ClientBulkWriteResponse,
  type Connection,
  GetMoreOperation,
  maybeClearPinnedConnection,
  type Operation,
  resolveBSONOptions,
  type Session
} from '../driver.js';
import { execute, type Owner } from '../execute.js';
import { killCursor } from './kill-cursor.js';

/**
 * The driver's operation, which refuses an operation that fits into no message, instead of sending none for ever. Each
 * attempt is of the same batch: the driver's goes a batch back for each that is to come again, also when the first attempt
 * had not built any, and writes the batch before a second time.
 */
export class BatchOperation extends ClientBulkWriteOperation {
  readonly #builder: ClientBulkWriteBuilder;
  readonly #begin: number;

  constructor(builder: ClientBulkWriteBuilder, options: Document) {
    super(builder, options);
    this.#builder = builder;
    this.#begin = builder.currentModelIndex;
  }

  override resetBatch(): boolean {
    this.#builder.currentModelIndex = this.#begin;
    return true;
  }

  override buildCommand(connection: Connection, session?: Session): Document {
    this.resetBatch();
    const command = super.buildCommand(connection, session);
    const { lastOperations, currentModelIndex } = this.#builder;
    if (lastOperations.length > 0) return command;
    throw new MongoInvalidArgumentError(
      `Client bulk write operation ${currentModelIndex} is larger than a message may be: ${connection.description.maxMessageSizeBytes} bytes`
    );
  }
}

/** Reads the results of one command to their end, which may take several messages. */
export function* forEachResult(
  owner: Owner,
  operation: Operation<ClientBulkWriteResponse>,
  response: ClientBulkWriteResponse,
  take: (document: Document) => void
): SyncStyle<void> {
  const { options, server } = operation;
  const { comment }: Document = options;
  const session = options.session!;
  const reading = {
    ...resolveBSONOptions(options),
    validation: { utf8: options.enableUtf8Validation !== false },
    comment,
    session
  };
  const namespace = response.ns ?? operation.ns;
  let { id } = response;
  let batch: Pick<ClientBulkWriteResponse, 'id' | 'shift'> = response;
  try {
    for (;;) {
      for (let document; (document = batch.shift(reading));) take(document);
      if (id.isZero()) return;
      batch = yield* execute(owner, new GetMoreOperation(namespace, id, server, reading));
      id = batch.id;
    }
  } finally {
    if (!id.isZero()) yield* killCursor(owner, id, namespace, { server, session });
    if (!session.inTransaction()) maybeClearPinnedConnection(session);
  }
}
