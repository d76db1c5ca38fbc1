import type { Document } from 'mongodb';
import {
  CommandFailedEvent,
  type CommandOptions,
  CommandStartedEvent,
  CommandSucceededEvent,
  type Connection,
  OpMsgRequest,
  processTimeMS,
  type Request
} from './driver.js';

/** The driver's command events and log lines for one command. Made only when somebody listens. */
export class CommandMonitor {
  readonly #request: Request;
  readonly #started = processTimeMS();

  constructor(
    private readonly connection: Connection,
    db: string,
    command: Document,
    options: CommandOptions,
    requestId: number
  ) {
    this.#request = new OpMsgRequest(db, command, { ...options, requestId });
    const { serverConnectionId } = connection.description;
    this.#emit('commandStarted', new CommandStartedEvent(connection, this.#request, serverConnectionId));
  }

  succeeded(reply: Document): void {
    const { serverConnectionId } = this.connection.description;
    const event = new CommandSucceededEvent(
      this.connection,
      this.#request,
      this.#request.moreToCome ? { ok: 1 } : reply,
      this.#started,
      serverConnectionId
    );
    this.#emit('commandSucceeded', event);
  }

  failed(error: unknown): void {
    const { serverConnectionId } = this.connection.description;
    const event = new CommandFailedEvent(
      this.connection,
      this.#request,
      error,
      this.#started,
      serverConnectionId
    );
    this.#emit('commandFailed', event);
  }

  #emit(name: string, event: object): void {
    const { monitorCommands, established } = this.connection;
    this.connection.emitAndLogCommand(monitorCommands, name, this.#request.databaseName, established, event);
  }
}
