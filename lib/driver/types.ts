/* What lib/driver.ts reaches in the driver, under its public types. Shapes only: nothing here exists at run time. */
import type { EventEmitter } from 'node:events';
import type {
  BSONSerializeOptions,
  Document,
  Long,
  MongoClient,
  MongoError,
  ReadPreference,
  ReadPreferenceLike,
  Timestamp
} from 'mongodb';
import type { Connection, ConnectionPool } from './pool-types.js';
import type { ClientInternals } from './state-types.js';

export type * from './bulk-types.js';
export type * from './pool-types.js';
export type * from './state-types.js';

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
  release(session: ServerSession): void;
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
  clusterTime?: ClusterTime;
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
  readonly operationTime: Timestamp | null;
  readonly bson: Uint8Array;
  /** Where its document begins in those bytes. */
  readonly offset: number;
  /** Of each top-level element: type, offset and length of the name, offset and length of the value. */
  readonly elements: readonly (readonly [number, number, number, number, number])[];
  has(name: string): boolean;
  size(): number;
  toObject(options?: BSONSerializeOptions): Document;
}

export interface CursorResponse extends Response {
  readonly id: Long;
  readonly ns: Namespace | null;
  readonly length: number;
  readonly batchSize: number;
  /** Private: the array of documents, undecoded, and how many of them were read. */
  readonly batch: Response;
  iterated: number;
  /** Before decryption, for tools that show what was encrypted. */
  readonly encryptedResponse?: Response;
  readonly isExplain?: boolean;
  shift(options: Document): Document | null;
  clear(): void;
}

export interface ResponseType<T extends Response = Response> {
  make(bson: Uint8Array): T;
}

export interface ResponseClass<T extends Response = Response> extends ResponseType<T> {
  /** @param elements - left out, they are found at once */
  new (bson: Uint8Array, offset: number, isArray: boolean, elements?: Response['elements']): T;
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
  readonly writeConcern?: { readonly w?: unknown };
  /** Of an aggregation. */
  readonly pipeline?: readonly Document[];
  /** Of those that make or drop a collection: its name. */
  readonly name?: string;
  attemptsMade: number;
  options: CommandOptions & { timeoutMS?: number; tailable?: boolean; awaitData?: boolean };
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
  closeCheckedOutConnections(): void;
  readonly logicalSessionTimeoutMinutes: number | null;
  s: {
    servers: Map<string, Server>;
    readonly state: string;
    readonly options: {
      retryReads: boolean;
      retryWrites: boolean;
      maxAdaptiveRetries: number;
      enableOverloadRetargeting: boolean;
      directConnection?: boolean;
      readonly compressors?: readonly string[];
      readonly credentials?: { readonly mechanism?: string };
      readonly socketTimeoutMS?: number;
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
  command(operation: Operation, timeoutContext: TimeoutContext): Promise<Response>;
  handleError(error: unknown, connection?: Connection): void;
  /** Private: labels an error and tells the topology of it. */
  decorateCommandError(
    connection: Connection,
    command: Document,
    options: CommandOptions,
    error: unknown
  ): unknown;
}

export type { MongoError };
