import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { type Document, MongoError, MongoNetworkError, MongoParseError } from 'mongodb';
import { abortListeners } from './abort-listeners.js';
import { compressible, compressMessage, decompressFrame } from './compression.js';
import { type SyncStyle, waitFor } from './coroutine.js';
import {
  type CommandOptions,
  Connection as DriverConnection,
  type Response,
  type ResponseType
} from './driver.js';
import { responseOf } from './response.js';
import { EventLoopSocket } from './socket.js';
import type { Span } from './span.js';
import { OP_COMPRESSED, parseReply, type Reply } from './wire.js';

/** Until the handshake says what the server takes. Source: the driver's default for `maxMessageSizeBytes`. */
const MAX_MESSAGE_SIZE = 48_000_000;

/** The driver's connection, whose messages travel by our socket: compressed, timed out and aborted as asked for. */
export class Conversation extends DriverConnection {
  protected readonly wire: EventLoopSocket;
  readonly #token: EventEmitter | undefined;

  constructor(stream: Socket, options: { cancellationToken?: EventEmitter }) {
    super(stream, options);
    stream.unpipe(this.messageStream); // the driver's reader, which ours replaces
    this.messageStream.destroy();
    this.wire = new EventLoopSocket(
      stream,
      () => this.#limit,
      error => this.onError(error),
      () => this.#arrived()
    );
    stream.on('end', () => this.#lost()); // with unsent bytes in its buffer, a stream would not close by itself
    this.#token = options.cancellationToken;
    this.#token?.once('cancel', this.#cancel);
  }

  override cleanup(error: Error): void {
    if (this.closed) return;
    super.cleanup(error);
    this.#token?.off('cancel', this.#cancel);
    this.wire.close(error);
  }

  /** Nothing to compress, a reply to come, and no time-out or signal to watch meanwhile. */
  protected isPlain(command: Document, options: CommandOptions): boolean {
    return (
      (this.description.compressor ?? 'none') === 'none' &&
      !expectsNoReply(command, options) &&
      !this.#timeout(options) &&
      !options.signal
    );
  }

  protected *compressed(message: Buffer, command: Document): SyncStyle<Buffer> {
    const { compressor = 'none', zlibCompressionLevel } = this.description;
    if (compressor === 'none' || !compressible(command)) return message;
    return yield* waitFor(compressMessage(message, compressor, zlibCompressionLevel));
  }

  /** @throws MongoParseError when the frame is malformed, which closes the connection */
  protected parse(frame: Span): Reply {
    try {
      return parseReply(frame);
    } catch (error) {
      throw this.#broken(error as Error);
    }
  }

  /** As {@link parse}, of a frame that may be compressed. */
  protected *decompressed(frame: Span): SyncStyle<Reply> {
    if (frame.int32(12) !== OP_COMPRESSED) return this.parse(frame);
    try {
      return this.parse(yield* waitFor(decompressFrame(frame, this.#limit)));
    } catch (error) {
      throw this.#broken(error as Error);
    }
  }

  protected read<T extends Response>({ memory, document }: Reply, type: ResponseType<T>): T {
    try {
      return responseOf(memory, document, type);
    } catch (error) {
      throw this.#broken(error as Error);
    }
  }

  /** Waits no longer than the socket's time-out and the caller's signal allow. */
  protected *patiently<T>(options: CommandOptions, exchange: SyncStyle<T>): SyncStyle<T> {
    const { signal } = options;
    const abort = (): void => this.onError(signal?.reason as Error);
    if (signal?.aborted) abort(); // while the message was compressed, or by whoever heard that it is sent
    this.socket.setTimeout(this.#timeout(options));
    const listeners = signal && abortListeners(signal);
    listeners?.add(abort);
    try {
      return yield* exchange;
    } finally {
      this.socket.setTimeout(0);
      listeners?.delete(abort);
    }
  }

  readonly #cancel = (): void => {
    if (!this.established) this.#lost();
  };

  #lost(): void {
    this.onError(new MongoNetworkError(`connection ${this.id} to ${this.address} closed`));
  }

  get #limit(): number {
    return Math.max(this.description.maxMessageSizeBytes || 0, MAX_MESSAGE_SIZE);
  }

  #timeout(options: CommandOptions): number {
    return options.socketTimeoutMS ?? options.timeoutContext?.getSocketTimeoutMS() ?? this.socketTimeoutMS;
  }

  /** A peer whose reply cannot be read is not to be talked to again. */
  #broken(cause: Error): Error {
    const error =
      cause instanceof MongoError ? cause : new MongoParseError(`Malformed reply: ${cause.message}`);
    this.onError(error);
    return error;
  }

  /** Bytes that were there in time stop the time-out that fires a moment later. */
  #arrived(): void {
    if (this.delayedTimeoutId === null) return;
    clearTimeout(this.delayedTimeoutId);
    this.delayedTimeoutId = null;
  }
}

/** Whether the server is not to answer: an unacknowledged write. */
export function expectsNoReply(command: Document, options: CommandOptions): boolean {
  return options.moreToCome ?? (command.writeConcern as { w?: unknown } | undefined)?.w === 0;
}
