/* The driver's modules, as far as lib/driver.ts uses them. */
import type {
  AbstractCursor,
  BSONSerializeOptions,
  BulkWriteResult,
  Db,
  Document,
  ListSearchIndexesCursor,
  ListSearchIndexesOptions,
  MongoClient,
  MongoError,
  ReadPreference,
  RunCommandCursor,
  RunCursorCommandOptions
} from 'mongodb';
import type { Operations } from './operations.js';
import type * as D from './types.js';

export interface PoolEvent {
  new (pool: D.ConnectionPool, ...details: unknown[]): object;
}

export interface CommandEvent {
  new (connection: D.Connection, ...details: unknown[]): object;
}

/** A collection, whatever its documents are. */
export interface OfNamespace {
  readonly client: MongoClient;
  readonly namespace: string;
}

export interface ListingCursors {
  ListSearchIndexesCursor: new (
    collection: OfNamespace,
    name: string | null,
    options?: ListSearchIndexesOptions
  ) => ListSearchIndexesCursor;
  RunCommandCursor: new (db: Db, command: Document, options?: RunCursorCommandOptions) => RunCommandCursor;
}

export interface Modules {
  'bulk/common': {
    BulkWriteResult: new (result: D.BulkResult, isOrdered: boolean) => BulkWriteResult;
    mergeBatchResults(batch: D.Batch, into: D.BulkResult, error?: unknown, reply?: Document): void;
  };
  'cmap/connect': { connect(options: object): Promise<D.Connection> };
  'cmap/connection': { Connection: typeof D.Connection };
  'cmap/connection_pool': { ConnectionPool: typeof D.ConnectionPool };
  'cmap/errors': {
    PoolClearedError: new (pool: D.ConnectionPool) => MongoError;
    PoolClosedError: new (pool: D.ConnectionPool) => MongoError;
    WaitQueueTimeoutError: new (message: string, address: string) => MongoError;
  };
  'cmap/connection_pool_events': Record<
    | 'ConnectionCheckOutStartedEvent'
    | 'ConnectionCheckedOutEvent'
    | 'ConnectionCheckOutFailedEvent'
    | 'ConnectionCheckedInEvent'
    | 'ConnectionCreatedEvent'
    | 'ConnectionReadyEvent'
    | 'ConnectionClosedEvent',
    PoolEvent
  >;
  'cmap/commands': {
    OpMsgRequest: {
      new (db: string, command: Document, options: object): D.Request;
      getRequestId(): number;
    };
    DocumentSequence: new (field: string) => D.DocumentSequence;
  };
  'cmap/command_monitoring_events': { SENSITIVE_COMMANDS: ReadonlySet<string> } & Record<
    'CommandStartedEvent' | 'CommandSucceededEvent' | 'CommandFailedEvent',
    CommandEvent
  >;
  'cmap/wire_protocol': {
    MongoDBResponse: D.ResponseClass & { empty: D.Response };
    CursorResponse: D.ResponseClass<D.CursorResponse> & { emptyGetMore: D.CursorResponse };
    Compressor: Readonly<Record<D.CompressorName, number>>;
    compress(options: object, bytes: Uint8Array): Promise<Uint8Array>;
    decompress(compressor: number, bytes: Uint8Array): Promise<Uint8Array>;
    uncompressibleCommands: ReadonlySet<string>;
    getReadPreference(options: D.CommandOptions): ReadPreference & { secondaryOk(): boolean };
  };
  bson: {
    parseToElementsToArray(bytes: Uint8Array, offset: number): D.Response['elements'];
    resolveBSONOptions(options?: BSONSerializeOptions): BSONSerializeOptions;
  };
  cursor: {
    ChangeStreamCursor: new () => AbstractCursor<Document> & D.ChangeStreamCursorInternals;
  } & ListingCursors;
  constants: { CMAP_EVENTS: string[]; APM_EVENTS: string[] };
  error: Record<'isRetryableReadError' | 'isRetryableWriteError', (error: MongoError) => boolean>;
  'sdam/server': { Server: { prototype: Pick<D.Server, 'command'> } };
  'sdam/topology': { Topology: { prototype: Pick<D.Topology, 'selectServer'> } };
  'sdam/server_selection': {
    DeprioritizedServers: new () => D.DeprioritizedServers;
    readPreferenceServerSelector(preference: ReadPreference): D.ServerSelector;
    sameServerSelector(description?: D.ServerDescription): D.ServerSelector;
    secondaryWritableServerSelector(wireVersion: number, preference: ReadPreference): D.ServerSelector;
  };
  sessions: {
    applySession(session: D.Session, command: Document, options: D.CommandOptions): Error | undefined;
    updateSessionFromResponse(session: D.Session, response: D.Response): void;
    maybeClearPinnedConnection(session: object, options?: { error?: Error }): void;
    ServerSessionPool: { readonly prototype: D.ServerSessionPool };
  };
  sort: { formatSort(sort: unknown): Map<string, unknown> | undefined };
  timeout: { TimeoutContext: { create(options: object): D.TimeoutContext } };
  utils: {
    resolveOptions<T extends object>(
      parent: object | undefined,
      options: T | undefined
    ): T & D.CommandOptions & BSONSerializeOptions;
    maxWireVersion(owner: object): number;
    supportsRetryableWrites(server: D.Server): boolean;
    processTimeMS(): number;
    abortable<T>(promise: Promise<T>, options: { signal?: AbortSignal }): Promise<T>;
    emitWarningOnce(message: string): void;
    MongoDBNamespace: new (db: string, collection?: string) => D.Namespace;
  };
  write_concern: { throwIfWriteConcernError(response: D.Response): void };
  operations: Operations;
}
