/*
 * One connection. The driver shakes hands on its stream (TLS, proxies, authentication, hello); every
 * message goes through our socket, in sync style. It extends the driver's class, so that pools, sessions, monitors and
 * instrumentation find what they know.
 */
import { type Document, MongoServerError, MongoUnexpectedServerResponseError } from 'mongodb';
import { CommandContext } from './channel-contexts.js';
import { commands, traced } from './channels.js';
import { prepare, prepareToEnd } from './command.js';
import { Conversation, expectsNoReply } from './conversation.js';
import { Coroutine, SUSPENDED, type SyncStyle } from './coroutine.js';
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
import { Ending } from './ending.js';
import { instrumentationOf } from './instrumented.js';
import { CommandMonitor } from './monitoring.js';
import { accept, toObject } from './reply.js';
import type { Span } from './span.js';
import { commandName, encodeInto, encodeMessage } from './wire.js';

/** Whether an instrumentation is to see every command, by having wrapped the driver's `Connection.prototype.command`. */
export const commandIsWrapped = instrumentationOf('command', () => DriverConnection.prototype.command);

export class Connection extends Conversation {
  /** What it runs or has run last, for those who ask who holds it. */
  #latest: { ns: Namespace; name: string; target: unknown } | undefined;
  readonly #ending = new Ending();

  /** Whether anybody would hear of a command: its pool knows. */
  heard: () => boolean = () => true;

  /** Whether a command is being made at this moment. */
  busy = false;

  /** Such as "find on shop.users". */
  get occupation(): string {
    if (!this.#latest) return 'a new operation';
    const { ns, name, target } = this.#latest;
    return `${name} on ${ns.db}${typeof target === 'string' ? `.${target}` : ''}`;
  }

  /** Whether a command is asked and answered in the plainest way, and nobody watches. */
  isSimple(command: Document, options: CommandOptions): boolean {
    return !this.#isHeard && !commands.hasSubscribers && this.isPlain(command, options);
  }

  /**
   * Sends a simple command, which is added to, on behalf of the running coroutine. That has to yield SUSPENDED next, and is
   * resumed with the frame for {@link answered}. @param isUsers - see prepareToEnd. @throws as {@link run}
   */
  ask(ns: Namespace, command: Document, options: CommandOptions, isUsers = false): void {
    if (this.error) throw this.error;
    const requestId = this.#begin(ns, commandName(command), command);
    const ending = prepareToEnd(this, this.#ending, ns.db, command, options, isUsers);
    this.#send(command, options, requestId, ending);
  }

  /** Reads the reply. @throws as {@link run} */
  answered<T extends Response>(frame: Span, options: CommandOptions, type: ResponseType<T>): T {
    const response = this.read(this.parse(frame), type);
    accept(this, response, options);
    return response;
  }

  /**
   * Runs one command, in sync style. The command is the connection's from now on: it is added to.
   *
   * @throws MongoServerError when the reply says so; MongoNetworkError when the connection fails, which closes it;
   * MongoParseError when the reply is malformed, which closes it too
   */
  run<T extends Response>(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    responseType: ResponseType<T>
  ): SyncStyle<T> {
    if (this.error) throw this.error;
    options.signal?.throwIfAborted();
    const name = commandName(command);
    const requestId = this.#begin(ns, name, command);
    prepare(this, ns.db, command, options);
    const running = this.#exchange(ns, command, options, requestId, responseType);
    if (!commands.hasSubscribers || !this.established || this.id === '<monitor>') return running;
    const context = new CommandContext(this, ns, name, command, requestId);
    return traced(commands, context, context.readingCursor(running));
  }

  *#exchange<T extends Response>(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    requestId: number,
    responseType: ResponseType<T>
  ): SyncStyle<T> {
    const monitor = this.#isHeard ? new CommandMonitor(this, ns.db, command, options, requestId) : undefined;
    try {
      let response: T;
      if (this.isPlain(command, options)) {
        this.#send(command, options, requestId);
        response = this.read(this.parse((yield SUSPENDED) as Span), responseType);
      } else {
        response = yield* this.#converse(command, options, requestId, responseType);
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

  get #isHeard(): boolean {
    return this.shouldEmitAndLogCommand && this.heard();
  }

  /** Remembers what it runs. Gives the id of the request. */
  #begin(ns: Namespace, name: string, command: Document): number {
    this.#latest = { ns, name, target: command[name === 'getMore' ? 'collection' : name] };
    return OpMsgRequest.getRequestId();
  }

  /** Encodes what it sends. That may run code of the user's, which may begin other operations. */
  #send(command: Document, options: CommandOptions, requestId: number, ending?: Ending): void {
    this.busy = true;
    try {
      this.wire.request(requestId, encodeInto(this.wire.out, requestId, command, options, ending));
    } finally {
      this.busy = false;
    }
  }

  override async command(
    ns: Namespace,
    command: Document,
    options: CommandOptions = {},
    responseType?: ResponseType
  ): Promise<Document | Response> {
    if (commandIsWrapped())
      return DriverConnection.prototype.command.call(this, ns, command, options, responseType);
    return this.#command(ns, command, options, responseType);
  }

  /** What the driver's own `command` comes to, under those that have been put around it. */
  override async *sendCommand(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    responseType?: ResponseType
  ): AsyncGenerator<Document | Response> {
    yield await this.#command(ns, command, options, responseType);
  }

  async #command(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    responseType?: ResponseType
  ): Promise<Document | Response> {
    const type = responseType ?? MongoDBResponse;
    const code = this.supportsOpMsg
      ? this.run(ns, { ...command }, options, type)
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

  *#converse<T extends Response>(
    command: Document,
    options: CommandOptions,
    requestId: number,
    type: ResponseType<T>
  ): SyncStyle<T> {
    const moreToCome = expectsNoReply(command, options);
    const message = yield* this.compressed(
      encodeMessage(requestId, command, moreToCome ? { ...options, moreToCome } : options),
      command
    );
    if (!moreToCome) {
      const frame = yield* this.patiently(options, this.wire.exchange(message, requestId));
      return this.read(yield* this.decompressed(frame), type);
    }
    yield* this.patiently(options, this.wire.send(message));
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
    const frame = yield* this.patiently(options, this.wire.exchange(message, request.requestId));
    const response = this.read(this.parse(frame), type);
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
    const message = encodeMessage(requestId, prepare(this, ns.db, { ...command }, options), options);
    let conversation = this.wire.exchange(message, requestId);
    for (;;) {
      const reply = yield* this.decompressed(yield* this.patiently(options, conversation));
      const response = this.read(reply, MongoDBResponse);
      accept(this, response, options);
      listener(toObject(response, options));
      if (!reply.moreToCome) return;
      conversation = this.wire.receive();
    }
  }
}

function start<T>(code: SyncStyle<T>): Promise<T> {
  return new Promise((resolve, reject) => new Coroutine(code, { resolve, reject }).start());
}
