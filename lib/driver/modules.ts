/* The driver's modules, as far as lib/driver.ts uses them. */
import type {
  BSONSerializeOptions,
  Collection,
  Document,
  Long,
  MongoClient,
  MongoError,
  ReadPreference
} from 'mongodb';
import type * as D from './types.js';

export interface PoolEvent {
  new (pool: D.ConnectionPool, ...details: unknown[]): object;
}

export interface CommandEvent {
  new (connection: D.Connection, ...details: unknown[]): object;
}

export interface OperationClass<A extends unknown[] = never[], T = unknown> {
  new (...args: A): D.Operation<T>;
  readonly prototype: D.Operation<T>;
}

export interface InsertOneClass {
  new (
    collection: Collection,
    document: Document,
    options: Document
  ): D.Operation & { readonly documents: Document[]; readonly writeConcern?: { readonly w?: unknown } };
}

export interface Modules {
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
    DocumentSequence: new () => { toBin(): Uint8Array };
  };
  'cmap/command_monitoring_events': Record<
    'CommandStartedEvent' | 'CommandSucceededEvent' | 'CommandFailedEvent',
    CommandEvent
  >;
  'cmap/wire_protocol/responses': {
    MongoDBResponse: D.ResponseType & { empty: D.Response };
    CursorResponse: D.ResponseType<D.CursorResponse> & { emptyGetMore: D.CursorResponse };
  };
  'cmap/wire_protocol/compression': {
    Compressor: Readonly<Record<D.CompressorName, number>>;
    compress(options: object, bytes: Uint8Array): Promise<Uint8Array>;
    decompress(compressor: number, bytes: Uint8Array): Promise<Uint8Array>;
    uncompressibleCommands: ReadonlySet<string>;
  };
  bson: {
    resolveBSONOptions(options?: BSONSerializeOptions): BSONSerializeOptions;
  };
  'cmap/wire_protocol/shared': {
    getReadPreference(options: D.CommandOptions): ReadPreference & { secondaryOk(): boolean };
  };
  constants: { CMAP_EVENTS: string[]; APM_EVENTS: string[] };
  error: Record<'isRetryableReadError' | 'isRetryableWriteError', (error: MongoError) => boolean>;
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
  };
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
  };
  write_concern: { throwIfWriteConcernError(response: D.Response): void };
  'operations/execute_operation': {
    autoConnect(client: MongoClient): Promise<D.Topology>;
    calculateBaseBackoffMS(error: MongoError): number;
  };
  'operations/operation': {
    Aspect: Record<
      | 'READ_OPERATION'
      | 'WRITE_OPERATION'
      | 'RETRYABLE'
      | 'CURSOR_CREATING'
      | 'MUST_SELECT_SAME_SERVER'
      | 'COMMAND_BATCHING',
      symbol
    >;
  };
  'operations/command': { CommandOperation: OperationClass };
  'operations/aggregate': {
    AggregateOperation: OperationClass<[D.Namespace, Document[], Document], D.CursorResponse>;
  };
  'operations/count': {
    CountOperation: OperationClass<[D.Namespace, Document, Document], number>;
  };
  'operations/delete': Record<
    'DeleteOneOperation' | 'DeleteManyOperation',
    OperationClass<[D.Namespace, Document, Document]>
  >;
  'operations/distinct': {
    DistinctOperation: OperationClass<[Collection, string, Document, Document], unknown[]>;
  };
  'operations/estimated_document_count': {
    EstimatedDocumentCountOperation: OperationClass<[Collection, Document], number>;
  };
  'operations/find': {
    FindOperation: OperationClass<[D.Namespace, Document, Document], D.CursorResponse>;
  };
  'operations/find_and_modify': {
    FindOneAndDeleteOperation: OperationClass<[Collection, Document, Document], Document | null>;
    FindOneAndReplaceOperation: OperationClass<[Collection, Document, Document, Document], Document | null>;
    FindOneAndUpdateOperation: OperationClass<[Collection, Document, Document, Document], Document | null>;
  };
  'operations/get_more': {
    GetMoreOperation: OperationClass<[D.Namespace, Long, D.Server, Document], D.CursorResponse>;
  };
  'operations/indexes': {
    CreateIndexesOperation: Record<
      'fromIndexSpecification' | 'fromIndexDescriptionArray',
      (...args: unknown[]) => D.Operation<string[]>
    >;
    DropIndexOperation: OperationClass<[Collection, string, Document], Document>;
  };
  'operations/insert': {
    InsertOneOperation: InsertOneClass;
  };
  'operations/kill_cursors': {
    KillCursorsOperation: OperationClass<[Long, D.Namespace, D.Server, Document], void>;
  };
  'operations/run_command': {
    RunCommandOperation: OperationClass<[D.Namespace, Document, Document], Document>;
  };
  'operations/update': Record<
    'UpdateOneOperation' | 'UpdateManyOperation' | 'ReplaceOneOperation',
    OperationClass<[D.Namespace, Document, Document, Document]>
  >;
}
