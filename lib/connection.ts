/*
 * One connection. The driver opens its stream and shakes hands on it (TLS, proxies, authentication, hello); every
 * message goes through our socket, in sync style. It extends the driver's class, so that pools, sessions, monitors and
 * instrumentation find what they know.
 */
import type { Socket } from 'node:net';
import {
  type Document,
  MongoServerError,
  MongoUnexpectedServerResponseError,
  MongoParseError,
  type Timestamp
} from 'mongodb';
import { prepare } from './command.js';
import { compressible, compressMessage, decompressFrame } from './compression.js';
import { Coroutine, type SyncStyle, waitFor } from './coroutine.js';
import {
  type ClusterTime,
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
import { ImplicitSession } from './session.js';
import { EventLoopSocket } from './socket.js';
import { encodeMessage, OP_COMPRESSED, parseReply, type Reply } from './wire.js';

/** Until the handshake says what the server takes. Source: the driver's default for `maxMessageSizeBytes`. */
const MAX_MESSAGE_SIZE = 48_000_000;

const BSON_OBJECT = 3;
const BSON_TIMESTAMP = 17;

const NO_OPTIONS: CommandOptions = Object.freeze({});

/** A request, encoded, and how to go on with it. */
interface Encoded {
  readonly message: Buffer;
  readonly requestId: number;
  readonly expectsReply: boolean;
}

export class Connection extends DriverConnection {
  readonly #socket: EventLoopSocket;
  /** The command it runs or has run last, for those who ask what holds it. */
  #latest: { ns: Namespace; command: Document } | undefined;

  constructor(stream: Socket, options: object) {
    super(stream, options);
    stream.unpipe(this.messageStream); // the driver's reader, which ours replaces
    this.messageStream.destroy();
    const limit = (): number => Math.max(this.description.maxMessageSizeBytes || 0, MAX_MESSAGE_SIZE);
    this.#socket = new EventLoopSocket(stream, limit, error => this.onError(error));
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
   * @param responseType - how to read the reply; left out, it is returned as an object
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
      const encoded = yield* this.#encode(prepared, options, requestId);
      const response = yield* this.#converse(encoded, options, responseType);
      this.#accept(response, options);
      monitor?.succeeded(response.toObject(bsonOptions(options)));
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
    const response = await start(
      this.supportsOpMsg
        ? this.run(ns, command, options, responseType ?? MongoDBResponse)
        : this.#handshake(ns, command, options, responseType ?? MongoDBResponse)
    );
    return responseType ? response : response.toObject(bsonOptions(options));
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

  /** Before the first hello it is not known whether the server speaks OP_MSG: the driver makes the message. */
  *#handshake(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    type: ResponseType
  ): SyncStyle<Response> {
    if (this.error) throw this.error;
    const request = this.prepareCommand(ns.db, command, options);
    const encoded = {
      message: Buffer.concat(request.toBin()),
      requestId: request.requestId,
      expectsReply: true
    };
    const response = yield* this.#converse(encoded, options, type);
    this.#accept(response, options);
    return response;
  }

  *#exhaust(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    listener: (reply: Document) => void
  ): SyncStyle<void> {
    const requestId = OpMsgRequest.getRequestId();
    const encoded = yield* this.#encode(prepare(this, ns.db, command, options), options, requestId);
    let reply = yield* this.#patiently(options, this.#reply(encoded));
    for (;;) {
      const response = this.#read(reply, MongoDBResponse);
      this.#accept(response, options);
      listener(response.toObject(bsonOptions(options)));
      if (!reply.moreToCome) return;
      reply = yield* this.#patiently(options, this.#next());
    }
  }

  *#encode(command: Document, options: CommandOptions, requestId: number): SyncStyle<Encoded> {
    const { compressor = 'none', zlibCompressionLevel } = this.description;
    const moreToCome = options.moreToCome ?? command.writeConcern?.w === 0;
    const compress = compressor !== 'none' && compressible(command);
    const message = encodeMessage(requestId, command, moreToCome ? { ...options, moreToCome } : options);
    return {
      message: compress
        ? yield* waitFor(compressMessage(message, compressor, zlibCompressionLevel))
        : message,
      requestId,
      expectsReply: !moreToCome
    };
  }

  *#converse<T extends Response>(
    encoded: Encoded,
    options: CommandOptions,
    type: ResponseType<T>
  ): SyncStyle<T> {
    if (!encoded.expectsReply) {
      yield* this.#patiently(options, this.#socket.send(encoded.message));
      return MongoDBResponse.empty as T;
    }
    return this.#read(yield* this.#patiently(options, this.#reply(encoded)), type);
  }

  *#reply({ message, requestId }: Encoded): SyncStyle<Reply> {
    return yield* this.#parse(yield* this.#socket.exchange(message, requestId));
  }

  *#next(): SyncStyle<Reply> {
    return yield* this.#parse(yield* this.#socket.receive());
  }

  *#parse(frame: Buffer): SyncStyle<Reply> {
    try {
      const plain = frame.readInt32LE(12) !== OP_COMPRESSED;
      return parseReply(plain ? frame : yield* waitFor(decompressFrame(frame, MAX_MESSAGE_SIZE)));
    } catch (error) {
      this.onError(error as Error);
      throw error;
    }
  }

  #read<T extends Response>(reply: Reply, type: ResponseType<T>): T {
    try {
      return type.make(reply.document);
    } catch (cause) {
      const error = new MongoParseError(`Malformed reply: ${(cause as Error).message}`);
      this.onError(error);
      throw error;
    }
  }

  /** Waits no longer than the socket's time-out and the caller's signal allow. */
  *#patiently<T>(options: CommandOptions, conversation: SyncStyle<T>): SyncStyle<T> {
    const { signal } = options;
    const timeout =
      options.socketTimeoutMS ?? options.timeoutContext?.getSocketTimeoutMS() ?? this.socketTimeoutMS;
    if (!timeout && !signal) return yield* conversation;
    const abort = (): void => this.onError(signal?.reason as Error);
    this.socket.setTimeout(timeout);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return yield* conversation;
    } finally {
      this.socket.setTimeout(0);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Learns from a reply what it says of sessions and the cluster's time. */
  #accept(response: Response, options: CommandOptions): void {
    const { session } = options;
    if (session && !(session instanceof ImplicitSession)) updateSessionFromResponse(session, response);
    const clusterTime = newClusterTime(response, this.clusterTime);
    if (clusterTime) {
      this.clusterTime = clusterTime;
      this.emit('clusterTimeReceived', clusterTime);
    }
    if (response.ok === 0) throw new MongoServerError(response.toObject(bsonOptions(options)));
  }

  /** Bytes that were there in time stop the time-out that fires a moment later. */
  #arrived(): void {
    if (this.delayedTimeoutId === null) return;
    clearTimeout(this.delayedTimeoutId);
    this.delayedTimeoutId = null;
  }
}

/** The reply's cluster time, unless it is the one known: decoding its signature is not free. */
function newClusterTime(response: Response, known: ClusterTime | null): ClusterTime | null {
  const gossip = response.get('$clusterTime', BSON_OBJECT) as Response | null;
  if (!gossip) return null;
  const time = gossip.get('clusterTime', BSON_TIMESTAMP) as Timestamp | null;
  return time && known?.clusterTime.equals(time) ? null : response.$clusterTime;
}

/** Batches are read as they are asked for, so `raw` must not turn the whole reply into bytes. */
function bsonOptions(options: CommandOptions): CommandOptions {
  const { documentsReturnedIn, raw } = options;
  return documentsReturnedIn && raw
    ? { ...options, raw: false, fieldsAsRaw: { [documentsReturnedIn]: true } }
    : options;
}

function start<T>(code: SyncStyle<T>): Promise<T> {
  return new Promise((resolve, reject) => new Coroutine(code, { resolve, reject }).start());
}
