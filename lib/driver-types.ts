/* What lib/driver.ts reaches in the driver, under its public types. Shapes only: nothing here exists at run time. */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type {
  AbstractCursor,
  BSONSerializeOptions,
  Document,
  Long,
  MongoClient,
  MongoError,
  ReadPreference,
  ReadPreferenceLike,
  Timestamp
} from 'mongodb';

export interface Namespace {
  readonly db: string;
  readonly collection?: string;
  toString(): string;
}

export interface ServerSession {
  readonly id: Document;
  lastUse: number;
  txnNumber: number;
  isDirty: boolean;
  hasTimedOut(minutes: number): boolean;
}

/** The driver's linked list. */
export interface List<T> extends Iterable<T> {
  readonly length: number;
  first(): T | null;
  push(value: T): void;
  unshift(value: T): void;
  shift(): T | null;
  pop(): T | null;
  last(): T | null;
  prune(filter: (value: T) => boolean): void;
  clear(): void;
}

export interface ServerSessionPool {
  readonly sessions: List<ServerSession>;
  acquire(): ServerSession;
}

/** What the executor asks of a session: a `ClientSession`, or an implicit one of ours. */
export interface Session {
  readonly client: MongoClient;
  readonly explicit: boolean;
  readonly serverSession?: ServerSession | null;
  readonly hasEnded: boolean;
  readonly isPinned: boolean;
  readonly snapshotEnabled: boolean;
  readonly transaction: { readonly isCommitted: boolean; readonly server?: Server };
  readonly timeoutContext: TimeoutContext | null;
  readonly clusterTime?: ClusterTime;
  pinnedConnection?: Connection;
  inTransaction(): boolean;
  readonly owner?: symbol | object;
  endSession(options?: { error?: Error }): Promise<void>;
  incrementTransactionNumber(): void;
  pin(connection: Connection): void;
  unpin(options?: { force?: boolean; forceClear?: boolean }): void;
}

export interface ClusterTime {
  readonly clusterTime: Timestamp;
  readonly signature?: Document;
}

export interface TimeoutContext {
  clear(): void;
  getSocketTimeoutMS(): number | undefined;
  addMaxTimeMSToCommand(command: Document, options: CommandOptions): void;
  readonly connectionCheckoutTimeout: null | (Promise<never> & { readonly duration: number; clear(): void });
}

export interface CommandOptions extends BSONSerializeOptions {
  session?: Session;
  signal?: AbortSignal;
  readPreference?: ReadPreferenceLike;
  writeConcern?: { readonly w?: unknown };
  timeoutContext?: TimeoutContext;
  socketTimeoutMS?: number;
  documentsReturnedIn?: string;
  directConnection?: boolean;
  omitMaxTimeMS?: boolean;
  willRetryWrite?: boolean;
  moreToCome?: boolean;
  exhaustAllowed?: boolean;
}

/** A reply, decoded on demand. */
export interface Response {
  readonly ok: 0 | 1;
  readonly $clusterTime: ClusterTime | null;
  get(name: string, type: number): Response | Timestamp | null;
  has(name: string): boolean;
  toObject(options?: BSONSerializeOptions): Document;
}

export interface CursorResponse extends Response {
  readonly id: Long;
  readonly ns: Namespace | null;
  readonly length: number;
  readonly batchSize: number;
  shift(options: Document): Document | null;
  clear(): void;
}

export interface ResponseType<T extends Response = Response> {
  make(bson: Uint8Array): T;
}

/** One of the driver's operations: it makes the command and reads the reply, and does no I/O. */
export interface Operation<T = unknown> {
  readonly ns: Namespace;
  readonly commandName: string;
  readonly readPreference: ReadPreference;
  readonly bypassPinningCheck: boolean;
  readonly canRetryRead: boolean;
  readonly canRetryWrite: boolean;
  readonly maxAttempts?: number;
  readonly SERVER_COMMAND_RESPONSE_TYPE: ResponseType;
  readonly hasWriteStage?: boolean;
  attemptsMade: number;
  options: CommandOptions & { timeoutMS?: number };
  session?: Session;
  server: Server;
  hasAspect(aspect: symbol): boolean;
  buildCommand(connection: Connection, session?: Session): Document;
  buildOptions(timeoutContext: TimeoutContext): CommandOptions;
  handleOk(response: Response): T;
  handleError(error: unknown): T;
  resetBatch(): boolean;
}

/** A request as the driver's monitoring events know it. */
export interface Request {
  readonly requestId: number;
  readonly databaseName: string;
  readonly moreToCome: boolean;
  toBin(): Uint8Array[];
}

export interface ServerDescription {
  readonly address: string;
  readonly hostAddress: object;
  readonly type: string;
  readonly iscryptd: boolean;
}

export interface TopologyDescription {
  readonly type: string;
  readonly servers: ReadonlyMap<string, ServerDescription>;
}

export interface DeprioritizedServers {
  add(description: ServerDescription): void;
}

export type ServerSelector = (
  topology: TopologyDescription,
  servers: ServerDescription[],
  deprioritized: DeprioritizedServers
) => ServerDescription[];

export interface SelectServerOptions {
  session?: Session;
  operationName: string;
  timeoutContext?: TimeoutContext;
  signal?: AbortSignal;
  deprioritizedServers: DeprioritizedServers;
}

export interface Topology extends EventEmitter {
  readonly client: ClientInternals & EventEmitter;
  readonly description: TopologyDescription;
  readonly loadBalanced: boolean;
  readonly commonWireVersion: number;
  readonly logicalSessionTimeoutMinutes: number | null;
  readonly s: {
    servers: Map<string, Server>;
    readonly state: string;
    readonly options: {
      retryReads: boolean;
      retryWrites: boolean;
      maxAdaptiveRetries: number;
      enableOverloadRetargeting: boolean;
      directConnection?: boolean;
    };
  };
  selectServer(selector: ReadPreference | ServerSelector, options: SelectServerOptions): Promise<Server>;
}

export interface Server extends EventEmitter {
  pool: ConnectionPool;
  readonly topology: Topology;
  readonly description: ServerDescription;
  readonly loadBalanced: boolean;
  readonly s: { readonly state: string; operationCount: number; readonly options: object };
  clusterTime: ClusterTime | undefined;
  handleError(error: unknown, connection?: Connection): void;
  /** Private: labels an error and tells the topology of it. */
  decorateCommandError(
    connection: Connection,
    command: Document,
    options: CommandOptions,
    error: unknown
  ): unknown;
}

export type CompressorName = 'none' | 'snappy' | 'zlib' | 'zstd';

export interface StreamDescription {
  readonly type: string;
  readonly compressor?: CompressorName;
  readonly zlibCompressionLevel?: number;
  readonly maxMessageSizeBytes: number;
  readonly loadBalanced: boolean;
  readonly logicalSessionTimeoutMinutes?: number;
  readonly serverConnectionId: bigint | null;
}

/** The driver's connection, private members too. */
export declare class Connection extends EventEmitter {
  constructor(stream: Socket, options: object);
  readonly id: number | '<monitor>';
  readonly address: string;
  readonly description: StreamDescription;
  readonly serviceId?: { toHexString(): string };
  readonly serverApi?: { version: string; strict?: boolean; deprecationErrors?: boolean };
  readonly established: boolean;
  readonly monitorCommands: boolean;
  readonly shouldEmitAndLogCommand: boolean;
  readonly supportsOpMsg: boolean;
  readonly hasSessionSupport: boolean;
  readonly socketTimeoutMS: number;
  readonly socket: Socket;
  readonly messageStream: NodeJS.WritableStream & { destroy(): void };
  closed: boolean;
  generation: number;
  lastUseTime: number;
  delayedTimeoutId: NodeJS.Timeout | null;
  error: Error | null;
  clusterTime: ClusterTime | null;
  onError(error: Error): void;
  destroy(): void;
  markAvailable(): void;
  cleanup(error: Error): void;
  prepareCommand(db: string, command: Document, options: CommandOptions): Request;
  emitAndLogCommand(
    monitored: boolean,
    event: string,
    db: string,
    established: boolean,
    details: object
  ): void;
  command(
    ns: Namespace,
    command: Document,
    options?: CommandOptions,
    responseType?: ResponseType
  ): Promise<Document | Response>;
  exhaustCommand(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    listener: (error: unknown, reply?: Document) => void
  ): void;
}

export interface PoolOptions {
  readonly maxPoolSize: number;
  readonly minPoolSize: number;
  readonly maxConnecting: number;
  readonly maxIdleTimeMS: number;
  readonly waitQueueTimeoutMS: number;
  readonly minPoolSizeCheckFrequencyMS: number;
  readonly loadBalanced?: boolean;
}

/** The driver's pool, private members too. */
export declare class ConnectionPool extends EventEmitter {
  constructor(server: Server, options: object);
  readonly options: PoolOptions;
  readonly server: Server;
  readonly address: string;
  readonly closed: boolean;
  readonly loadBalanced: boolean;
  readonly totalConnectionCount: number;
  readonly availableConnectionCount: number;
  readonly pendingConnectionCount: number;
  readonly currentCheckedOutCount: number;
  get waitQueueSize(): number;
  readonly checkedOut: Set<Connection>;
  readonly connections: List<Connection>;
  readonly serviceGenerations: Map<string, number>;
  readonly connectionCounter: Iterator<number>;
  readonly cancellationToken: EventEmitter;
  readonly metrics: {
    markPinned(type: string): void;
    markUnpinned(type: string): void;
    info(maxPoolSize: number): string;
  };
  mongoLogger?: object;
  generation: number;
  pending: number;
  poolState: 'paused' | 'ready' | 'closed';
  minPoolSizeTimer?: NodeJS.Timeout;
  ready(): void;
  clear(options?: { serviceId?: object; interruptInUseConnections?: boolean }): void;
  close(): void;
  checkOut(options: { timeoutContext: TimeoutContext; signal?: AbortSignal }): Promise<Connection>;
  checkIn(connection: Connection): void;
  reauthenticate(connection: Connection): Promise<void>;
  emitAndLog(event: string, details: object): void;
  clearMinPoolSizeTimer(): void;
  connectionIsStale(connection: Connection): boolean;
  ensureMinPoolSize(): void;
  processWaitQueue(): void;
  destroyConnectionIfPerished(connection: Connection): boolean;
  destroyConnection(connection: Connection, reason: string): void;
}

/** A client's private state. */
export interface ClientInternals {
  topology?: Topology;
  readonly options: { readonly metadata: Promise<Document> };
  readonly mongoLogger?: { willLog(component: string, severity: string): boolean };
  readonly autoEncrypter?: object;
  startSession(options: { owner: symbol | object; explicit: boolean }): Session;
  readonly s: {
    readonly authProviders: object;
    readonly sessionPool: ServerSessionPool;
    readonly options: { serverSelectionTimeoutMS: number; waitQueueTimeoutMS: number };
  };
}

/** A cursor's private state. */
export interface CursorInternals {
  readonly client: ClientInternals;
  readonly isDead: boolean;
  readonly cursorOptions: BSONSerializeOptions & {
    batchSize?: number;
    tailable?: boolean;
    omitMaxTimeMS?: boolean;
  };
  readonly deserializationOptions: Document;
  readonly signal?: AbortSignal;
  readonly timeoutContext?: TimeoutContext;
  readonly transform?: (document: unknown) => unknown;
  readonly abortListener?: Disposable;
  readonly findOptions?: Document & { limit?: number };
  readonly cursorFilter: Document;
  readonly aggregateOptions: Document;
  cursorId: Long | null;
  cursorSession: Session | null;
  cursorNamespace: Namespace;
  selectedServer?: Server;
  documents: CursorResponse | null;
  initialized: boolean;
  isClosed: boolean;
  isKilled: boolean;
  numReturned: number;
  emitClose(): void;
}

export type AnyCursor = AbstractCursor<unknown>;
export type { MongoError };
