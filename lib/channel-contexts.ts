/* What subscribers of the tracing channels are told. Node adds `error` when what it is about has failed. */
import type { Document, MongoClient } from 'mongodb';
import type { SyncStyle } from './coroutine.js';
import {
  type Connection,
  type CursorResponse,
  DocumentSequence,
  type Namespace,
  type Operation,
  type Response,
  SENSITIVE_COMMANDS,
  type Session
} from './driver.js';

/** Names of operations that are not those of their commands. Source: the OpenTelemetry specification. */
const NAMES: Readonly<Record<string, string>> = { create: 'createCollection', drop: 'dropCollection' };

/** What is to be known of an operation. */
export type Told = Pick<Operation, 'commandName' | 'name' | 'session'>;

/** The context of `tracing:mongo-motor:operation:*`. */
export class OperationContext {
  readonly #client: MongoClient;
  readonly #operation: Told;
  /** The name of the database. */
  readonly database: string;
  /** The name of the collection, unless the operation is not about one. */
  readonly collection: string | undefined;
  /** What is done, such as `find`, `insert`, `createCollection`, `commitTransaction`. */
  readonly operation: string;
  /** Why it has failed, if it has. */
  declare error?: unknown;

  /** @internal */
  constructor(client: MongoClient, namespace: string, operation: Told) {
    const [database, collection] = split(namespace);
    this.#client = client;
    this.#operation = operation;
    this.database = database;
    this.collection = collection ?? operation.name;
    this.operation = NAMES[operation.commandName] ?? operation.commandName;
  }

  /** Whose it is. Like all accessors of these contexts it is not enumerable: nobody logs it by accident. */
  get client(): MongoClient {
    return this.#client;
  }

  /** The session it runs in: until it is running, only one of the caller's. */
  get session(): Session | undefined {
    return this.#operation.session;
  }
}

/** The context of `tracing:mongo-motor:checkout:*`. */
export class CheckOutContext {
  /** The number of the connection in its pool, once there is one. */
  declare connectionId?: number | string;
  /** Why there is none, if it has failed. */
  declare error?: unknown;

  /**
   * @internal
   * @param address - host and port of the server, or the path of its socket
   */
  constructor(readonly address: string) {}

  /** @internal */
  *reading(acquiring: SyncStyle<Connection>): SyncStyle<Connection> {
    const connection = yield* acquiring;
    this.connectionId = connection.id;
    return connection;
  }
}

/** The context of `tracing:mongo-motor:command:*`. */
export class CommandContext {
  readonly #command: Document;
  /** The name of the database. */
  readonly database: string;
  /** The name of the collection, unless the command is not about one. */
  readonly collection: string | undefined;
  /** Such as `find`, `insert`, `getMore`. */
  readonly commandName: string;
  /** As in command events. */
  readonly requestId: number;
  /** Host and port of the server, or the path of its socket. */
  readonly address: string;
  /** The number of the connection in its pool. */
  readonly connectionId: number | string;
  /** The server's own number of the connection, if it has told. */
  readonly serverConnectionId: bigint | null;
  /** The id of the cursor that the command is about or has opened, if there is one. */
  declare cursorId?: bigint;
  /** Why it has failed, if it has. */
  declare error?: unknown;

  /** @internal */
  constructor(connection: Connection, ns: Namespace, name: string, command: Document, requestId: number) {
    const target: unknown = command[name === 'getMore' ? 'collection' : name];
    this.#command = command;
    this.database = ns.db;
    this.collection = isCollection(ns, name, target) ? target : undefined;
    this.commandName = name;
    this.requestId = requestId;
    this.address = connection.address;
    this.connectionId = connection.id;
    this.serverConnectionId = connection.description.serverConnectionId;
    const cursor: unknown = command.getMore;
    if (cursor) this.cursorId = BigInt(String(cursor));
  }

  /** @internal Learns from the reply which cursor the command has opened. */
  *readingCursor<T extends Response>(running: SyncStyle<T>): SyncStyle<T> {
    const response = yield* running;
    const { id }: Partial<CursorResponse> = response.has('cursor') ? response : {};
    if (id && !id.isZero()) this.cursorId ??= id.toBigInt();
    return response;
  }

  /**
   * The command as it is sent, for those who ask: it has the user's data. Its values are no copies: do not change or keep them.
   * Undefined if it carries credentials.
   */
  get command(): Document | undefined {
    const secret = SENSITIVE_COMMANDS.has(this.commandName) || 'speculativeAuthenticate' in this.#command;
    return secret ? undefined : withDocuments(this.#command);
  }
}

/** The documents of a bulk write, which travel apart from the rest, in their place. */
function withDocuments(command: Document): Document {
  const entries = Object.entries(command).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof DocumentSequence ? value.documents : value
  ]);
  return Object.fromEntries(entries) as Document;
}

/** The database, and the collection if there is one: `shop.$cmd` is not about any. */
function split(namespace: string): [database: string, collection?: string] {
  const dot = namespace.indexOf('.');
  if (dot < 0) return [namespace];
  const collection = namespace.slice(dot + 1);
  return [namespace.slice(0, dot), collection.startsWith('$cmd') ? undefined : collection];
}

/** Commands about the whole cluster, users and roles have other names in that place. */
function isCollection({ db }: Namespace, name: string, target: unknown): target is string {
  return typeof target === 'string' && db !== 'admin' && !/user|role/i.test(name);
}
