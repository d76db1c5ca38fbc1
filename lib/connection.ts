/*
 * One connection. The driver opens its stream and shakes hands on it (TLS, proxies, authentication, hello); every
 * message goes through our socket, in sync style. It extends the driver's class, so that pools, sessions, monitors and
 * instrumentation find what they know.
 */
import type { Socket } from 'node:net';
import {
  type Document,
  MongoError,
  MongoParseError,
  MongoServerError,
  MongoUnexpectedServerResponseError
} from 'mongodb';
import { prepare } from './command.js';
import { compressible, compressMessage, decompressFrame } from './compression.js';
import { Coroutine, SUSPENDED, type SyncStyle, waitFor } from './coroutine.js';
import {
  type CommandOptions,
  Connection as DriverConnection,
  MongoDBResponse,
  type Namespace,
  OpMsgRequest,
  type Response,
  type ResponseType,
  updateSessionFromResponse
} from './driver.js';
import { CommandMonitor } from './monitoring.js';
import { accept, toObject } from './reply.js';
import { EventLoopSocket } from './socket.js';
import { encodeMessage, OP_COMPRESSED, parseReply, type Reply } from './wire.js';

/** Until the handshake says what the server takes. Source: the driver's default for `maxMessageSizeBytes`. */
const MAX_MESSAGE_SIZE = 48_000_000;

const NO_OPTIONS: CommandOptions = Object.freeze({});

export class Connection extends DriverConnection {
  readonly #socket: EventLoopSocket;
  /** The command it runs or has run last, for those who ask what holds it. */
  #latest: { ns: Namespace; command: Document } | undefined;

  constructor(stream: Socket, options: object) {
    super(stream, options);
    stream.unpipe(this.messageStream); // the driver's reader, which ours replaces
    this.messageStream.destroy();
    this.#socket = new EventLoopSocket(
      stream,
      () => this.#limit,
      error => this.onError(error)
    );
    stream.on('data', () => this.#arrived());
  }

  /** Such as "find on shop.users". */
  get occupation(): string {
    if (!this.#latest) return 'a new operation';
    const { ns, command } = this.#latest;
    const [name = 'a command'] = Object.keys(command);
    const target: unknown = name === 'getMore' ? command.collection : command[name];
    return `${name} on ${ns.db}${typeof target === 'string' ? `.${target}` : ''}`;
  }

  /**
   * Runs one command, in sync style.
   *
   * @throws MongoServerError when the reply says so; MongoNetworkError when the connection fails, which closes it;
   * MongoParseError when the reply is malformed, which closes it too
   */
  *run<T extends Response>(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    responseType: ResponseType<T>
  ): SyncStyle<T> {
    if (this.error) throw this.error;
    options.signal?.throwIfAborted();
    this.#latest = { ns, command };
    const requestId = OpMsgRequest.getRequestId();
    const prepared = prepare(this, ns.db, command, options);
    const monitor = this.shouldEmitAndLogCommand
      ? new CommandMonitor(this, ns.db, prepared, options, requestId)
      : undefined;
    try {
      let response: T;
      if (this.#isPlain(prepared, options)) {
        this.#socket.request(encodeMessage(requestId, prepared, options), requestId);
        response = this.#read(this.#parse((yield SUSPENDED) as Buffer), responseType);
      } else {
        response = yield* this.#converse(prepared, options, requestId, responseType);
      }
      accept(this, response, options);
      monitor?.succeeded(toObject(response, options));
      return response;
    } catch (error) {
      const { session } = options;
      if (session && !(error instanceof MongoServerError))
        updateSessionFromResponse(session, MongoDBResponse.empty);
      monitor?.failed(error);
      throw error;
    }
  }

  override async command(
    ns: Namespace,
    command: Document,
    options: CommandOptions = NO_OPTIONS,
    responseType?: ResponseType
  ): Promise<Document | Response> {
    const type = responseType ?? MongoDBResponse;
    const code = this.supportsOpMsg
      ? this.run(ns, command, options, type)
      : this.#handshake(ns, command, options, type);
    const response = await start(code);
    return responseType ? response : toObject(response, options);
  }

  override exhaustCommand(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    listener: (error: unknown, reply?: Document) => void
  ): void {
    start(this.#exhaust(ns, command, options, reply => listener(undefined, reply))).then(
      () => listener(new MongoUnexpectedServerResponseError('Server ended moreToCome unexpectedly')),
      listener
    );
  }

  override cleanup(error: Error): void {
    if (this.closed) return;
    super.cleanup(error);
    this.#socket.close(error);
  }

  get #limit(): number {
    return Math.max(this.description.maxMessageSizeBytes || 0, MAX_MESSAGE_SIZE);
  }

  /** Nothing to compress, a reply to come, and no time-out or signal to watch meanwhile. */
  #isPlain(command: Document, options: CommandOptions): boolean {
    return (
      (this.description.compressor ?? 'none') === 'none' &&
      !expectsNoReply(command, options) &&
      !this.#timeout(options) &&
      !options.signal
    );
  }

  *#converse<T extends Response>(
    command: Document,
    options: CommandOptions,
    requestId: number,
    type: ResponseType<T>
  ): SyncStyle<T> {
    const moreToCome = expectsNoReply(command, options);
    const message = yield* this.#compressed(
      encodeMessage(requestId, command, moreToCome ? { ...options, moreToCome } : options),
      command
    );
    if (!moreToCome) {
      const frame = yield* this.#patiently(options, this.#socket.exchange(message, requestId));
      return this.#read(yield* this.#decompressed(frame), type);
    }
    yield* this.#patiently(options, this.#socket.send(message));
    return MongoDBResponse.empty as T;
  }

  /** Before the first hello it is not known whether the server speaks OP_MSG: the driver makes the message. */
  *#handshake(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    type: ResponseType
  ): SyncStyle<Response> {
    if (this.error) throw this.error;
    const request = this.prepareCommand(ns.db, command, options);
    const message = Buffer.concat(request.toBin());
    const frame = yield* this.#patiently(options, this.#socket.exchange(message, request.requestId));
    const response = this.#read(this.#parse(frame), type);
    accept(this, response, options);
    return response;
  }

  /** Asks once and is answered again and again: how monitors wait for news. */
  *#exhaust(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    listener: (reply: Document) => void
  ): SyncStyle<void> {
    if (this.error) throw this.error;
    const requestId = OpMsgRequest.getRequestId();
    const message = encodeMessage(requestId, prepare(this, ns.db, command, options), options);
    let conversation = this.#socket.exchange(message, requestId);
    for (;;) {
      const reply = yield* this.#decompressed(yield* this.#patiently(options, conversation));
      const response = this.#read(reply, MongoDBResponse);
      accept(this, response, options);
      listener(toObject(response, options));
      if (!reply.moreToCome) return;
      conversation = this.#socket.receive();
    }
  }

  *#compressed(message: Buffer, command: Document): SyncStyle<Buffer> {
    const { compressor = 'none', zlibCompressionLevel } = this.description;
    if (compressor === 'none' || !compressible(command)) return message;
    return yield* waitFor(compressMessage(message, compressor, zlibCompressionLevel));
  }

  *#decompressed(frame: Buffer): SyncStyle<Reply> {
    if (frame.readInt32LE(12) !== OP_COMPRESSED) return this.#parse(frame);
    try {
      return this.#parse(yield* waitFor(decompressFrame(frame, this.#limit)));
    } catch (error) {
      throw this.#broken(error as Error);
    }
  }

  #parse(frame: Buffer): Reply {
    try {
      return parseReply(frame);
    } catch (error) {
      throw this.#broken(error as Error);
    }
  }

  #read<T extends Response>(reply: Reply, type: ResponseType<T>): T {
    try {
      return type.make(reply.document);
    } catch (error) {
      throw this.#broken(error as Error);
    }
  }

  /** A peer whose reply cannot be read is not to be talked to again. */
  #broken(cause: Error): Error {
    const error =
      cause instanceof MongoError ? cause : new MongoParseError(`Malformed reply: ${cause.message}`);
    this.onError(error);
    return error;
  }

  #timeout(options: CommandOptions): number {
    return options.socketTimeoutMS ?? options.timeoutContext?.getSocketTimeoutMS() ?? this.socketTimeoutMS;
  }

  /** Waits no longer than the socket's time-out and the caller's signal allow. */
  *#patiently<T>(options: CommandOptions, conversation: SyncStyle<T>): SyncStyle<T> {
    const { signal } = options;
    const abort = (): void => this.onError(signal?.reason as Error);
    this.socket.setTimeout(this.#timeout(options));
    signal?.addEventListener('abort', abort);
    try {
      return yield* conversation;
    } finally {
      this.socket.setTimeout(0);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Bytes that were there in time stop the time-out that fires a moment later. */
  #arrived(): void {
    if (this.delayedTimeoutId === null) return;
    clearTimeout(this.delayedTimeoutId);
    this.delayedTimeoutId = null;
  }
}

function expectsNoReply(command: Document, options: CommandOptions): boolean {
  return options.moreToCome ?? (command.writeConcern as { w?: unknown } | undefined)?.w === 0;
}

function start<T>(code: SyncStyle<T>): Promise<T> {
  return new Promise((resolve, reject) => new Coroutine(code, { resolve, reject }).start());
}
