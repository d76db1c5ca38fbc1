/*
 * The one file that reaches under the driver's public API: what it uses, typed, and checked when it is loaded.
 *
 *   cmap/            the handshake (`connectionType` is how the driver itself lets a connection class be given), the
 *                    pool's state and events, the request objects that monitoring events are made from, the replies
 *   sdam/            server selectors; topologies, servers and their error handling are reached through a client
 *   operations/      operations, which make commands and read replies without any I/O
 *   sessions, utils  what is applied to every command
 *
 * Private members of the driver's classes are reached by the types in driver-types.ts. Nothing of the driver is
 * patched: another user of the same copy in this process finds it untouched.
 */
/* eslint-disable @typescript-eslint/no-require-imports -- these modules have no declarations to import */
import {
  AggregationCursor,
  type BSONSerializeOptions,
  Collection,
  type CollectionOptions,
  type Db,
  type Document,
  FindCursor,
  type Long,
  type MongoClient,
  type MongoClientOptions,
  type ReadPreference
} from 'mongodb';
import { MotorError } from './errors.js';
import type * as D from './driver-types.js';

export type * from './driver-types.js';
// the names of these types are those of values here, too
export type Connection = D.Connection;
export type ConnectionPool = D.ConnectionPool;
export type CursorResponse = D.CursorResponse;
export type DeprioritizedServers = D.DeprioritizedServers;

const VERSION = '7.9.0';

interface PoolEvent {
  new (pool: D.ConnectionPool, ...details: unknown[]): object;
}

interface CommandEvent {
  new (connection: D.Connection, ...details: unknown[]): object;
}

interface OperationClass<A extends unknown[] = never[], T = unknown> {
  new (...args: A): D.Operation<T>;
  readonly prototype: D.Operation<T>;
}

function need<T extends object>(loaded: object, ...names: (keyof T & string)[]): T {
  for (const name of names) {
    if (Reflect.get(loaded, name) === undefined) throw mismatch(`it has no ${name}`);
  }
  return loaded as T;
}

/** Private members of a class that are called here: gone, they would fail at some later moment. */
function needMembers(Class: { prototype: object }, name: string, ...members: string[]): void {
  for (const member of members) {
    if (!(member in Class.prototype)) throw mismatch(`${name} has no ${member}`);
  }
}

function mismatch(problem: string): MotorError {
  const { version } = require('mongodb/package.json') as { version: string };
  return new MotorError(
    'ERR_DRIVER_VERSION',
    `mongo-motor works with mongodb ${VERSION} exactly, and found ${version}: ${problem}. ` +
      `Remove the other version, or let mongo-motor install its own: npm install mongo-motor mongodb@${VERSION}`
  );
}

if ((require('mongodb/package.json') as { version: string }).version !== VERSION)
  throw mismatch('another version');

export const { connect } = need<{ connect(options: object): Promise<D.Connection> }>(
  require('mongodb/lib/cmap/connect'),
  'connect'
);
export const { Connection } = need<{ Connection: typeof D.Connection }>(
  require('mongodb/lib/cmap/connection'),
  'Connection'
);
export const { ConnectionPool } = need<{ ConnectionPool: typeof D.ConnectionPool }>(
  require('mongodb/lib/cmap/connection_pool'),
  'ConnectionPool'
);
export const { PoolClearedError, PoolClosedError, PoolClearedOnNetworkError, WaitQueueTimeoutError } = need<{
  PoolClearedError: new (pool: D.ConnectionPool) => D.MongoError;
  PoolClosedError: new (pool: D.ConnectionPool) => D.MongoError;
  PoolClearedOnNetworkError: new (pool: D.ConnectionPool) => D.MongoError;
  WaitQueueTimeoutError: new (message: string, address: string) => D.MongoError;
}>(
  require('mongodb/lib/cmap/errors'),
  'PoolClearedError',
  'PoolClosedError',
  'PoolClearedOnNetworkError',
  'WaitQueueTimeoutError'
);
export const {
  ConnectionCheckOutStartedEvent,
  ConnectionCheckedOutEvent,
  ConnectionCheckOutFailedEvent,
  ConnectionCheckedInEvent,
  ConnectionCreatedEvent,
  ConnectionReadyEvent,
  ConnectionClosedEvent,
  ConnectionPoolClosedEvent
} = need<
  Record<
    | 'ConnectionCheckOutStartedEvent'
    | 'ConnectionCheckedOutEvent'
    | 'ConnectionCheckOutFailedEvent'
    | 'ConnectionCheckedInEvent'
    | 'ConnectionCreatedEvent'
    | 'ConnectionReadyEvent'
    | 'ConnectionClosedEvent'
    | 'ConnectionPoolClosedEvent',
    PoolEvent
  >
>(
  require('mongodb/lib/cmap/connection_pool_events'),
  'ConnectionCheckOutStartedEvent',
  'ConnectionCheckedOutEvent',
  'ConnectionCheckOutFailedEvent',
  'ConnectionCheckedInEvent',
  'ConnectionCreatedEvent',
  'ConnectionReadyEvent',
  'ConnectionClosedEvent',
  'ConnectionPoolClosedEvent'
);
export const { OpMsgRequest, OpCompressedRequest, DocumentSequence } = need<{
  OpMsgRequest: {
    new (db: string, command: Document, options: object): D.Request;
    getRequestId(): number;
  };
  OpCompressedRequest: {
    new (request: D.Request, options: object): { toBin(): Promise<Uint8Array[]> };
    canCompress(request: D.Request): boolean;
  };
  DocumentSequence: new () => { toBin(): Uint8Array };
}>(require('mongodb/lib/cmap/commands'), 'OpMsgRequest', 'OpCompressedRequest', 'DocumentSequence');
export const { CommandStartedEvent, CommandSucceededEvent, CommandFailedEvent } = need<
  Record<'CommandStartedEvent' | 'CommandSucceededEvent' | 'CommandFailedEvent', CommandEvent>
>(
  require('mongodb/lib/cmap/command_monitoring_events'),
  'CommandStartedEvent',
  'CommandSucceededEvent',
  'CommandFailedEvent'
);
export const { MongoDBResponse, CursorResponse } = need<{
  MongoDBResponse: D.ResponseType & { empty: D.Response };
  CursorResponse: D.ResponseType<D.CursorResponse> & { emptyGetMore: D.CursorResponse };
}>(require('mongodb/lib/cmap/wire_protocol/responses'), 'MongoDBResponse', 'CursorResponse');
export const { Compressor, compress, decompress, uncompressibleCommands } = need<{
  Compressor: Readonly<Record<D.CompressorName, number>>;
  compress(options: object, bytes: Uint8Array): Promise<Uint8Array>;
  decompress(compressor: number, bytes: Uint8Array): Promise<Uint8Array>;
  uncompressibleCommands: ReadonlySet<string>;
}>(
  require('mongodb/lib/cmap/wire_protocol/compression'),
  'Compressor',
  'compress',
  'decompress',
  'uncompressibleCommands'
);
export const { resolveBSONOptions } = need<{
  resolveBSONOptions(options?: BSONSerializeOptions): BSONSerializeOptions;
}>(require('mongodb/lib/bson'), 'resolveBSONOptions');
export const { getReadPreference } = need<{
  getReadPreference(options: D.CommandOptions): ReadPreference & { secondaryOk(): boolean };
}>(require('mongodb/lib/cmap/wire_protocol/shared'), 'getReadPreference');
export const { CMAP_EVENTS, APM_EVENTS } = need<{ CMAP_EVENTS: string[]; APM_EVENTS: string[] }>(
  require('mongodb/lib/constants'),
  'CMAP_EVENTS',
  'APM_EVENTS'
);
export const { isRetryableReadError, isRetryableWriteError } = need<
  Record<'isRetryableReadError' | 'isRetryableWriteError', (error: D.MongoError) => boolean>
>(require('mongodb/lib/error'), 'isRetryableReadError', 'isRetryableWriteError');
export const {
  DeprioritizedServers,
  readPreferenceServerSelector,
  sameServerSelector,
  secondaryWritableServerSelector
} = need<{
  DeprioritizedServers: new () => D.DeprioritizedServers;
  readPreferenceServerSelector(preference: ReadPreference): D.ServerSelector;
  sameServerSelector(description?: D.ServerDescription): D.ServerSelector;
  secondaryWritableServerSelector(wireVersion: number, preference: ReadPreference): D.ServerSelector;
}>(
  require('mongodb/lib/sdam/server_selection'),
  'DeprioritizedServers',
  'readPreferenceServerSelector',
  'sameServerSelector',
  'secondaryWritableServerSelector'
);
export const { applySession, updateSessionFromResponse, maybeClearPinnedConnection } = need<{
  applySession(session: D.Session, command: Document, options: D.CommandOptions): Error | undefined;
  updateSessionFromResponse(session: D.Session, response: D.Response): void;
  maybeClearPinnedConnection(session: object, options?: { error?: Error }): void;
}>(
  require('mongodb/lib/sessions'),
  'applySession',
  'updateSessionFromResponse',
  'maybeClearPinnedConnection'
);
const { TimeoutContext } = need<{ TimeoutContext: { create(options: object): D.TimeoutContext } }>(
  require('mongodb/lib/timeout'),
  'TimeoutContext'
);
export const { resolveOptions, maxWireVersion, supportsRetryableWrites, processTimeMS, abortable } = need<{
  resolveOptions<T extends object>(
    parent: object | undefined,
    options: T | undefined
  ): T & D.CommandOptions & BSONSerializeOptions;
  maxWireVersion(owner: object): number;
  supportsRetryableWrites(server: D.Server): boolean;
  processTimeMS(): number;
  abortable<T>(promise: Promise<T>, options: { signal?: AbortSignal }): Promise<T>;
}>(
  require('mongodb/lib/utils'),
  'resolveOptions',
  'maxWireVersion',
  'supportsRetryableWrites',
  'processTimeMS',
  'abortable'
);
export const { throwIfWriteConcernError } = need<{ throwIfWriteConcernError(response: D.Response): void }>(
  require('mongodb/lib/write_concern'),
  'throwIfWriteConcernError'
);
export const { autoConnect, calculateBaseBackoffMS } = need<{
  autoConnect(client: MongoClient): Promise<D.Topology>;
  calculateBaseBackoffMS(error: D.MongoError): number;
}>(require('mongodb/lib/operations/execute_operation'), 'autoConnect', 'calculateBaseBackoffMS');
export const { Aspect } = need<{
  Aspect: Record<
    | 'READ_OPERATION'
    | 'WRITE_OPERATION'
    | 'RETRYABLE'
    | 'CURSOR_CREATING'
    | 'MUST_SELECT_SAME_SERVER'
    | 'COMMAND_BATCHING',
    symbol
  >;
}>(require('mongodb/lib/operations/operation'), 'Aspect');
export const { CommandOperation } = need<{ CommandOperation: OperationClass }>(
  require('mongodb/lib/operations/command'),
  'CommandOperation'
);
export const { AggregateOperation } = need<{
  AggregateOperation: OperationClass<[D.Namespace, Document[], Document], D.CursorResponse>;
}>(require('mongodb/lib/operations/aggregate'), 'AggregateOperation');
export const { CountOperation } = need<{
  CountOperation: OperationClass<[D.Namespace, Document, Document], number>;
}>(require('mongodb/lib/operations/count'), 'CountOperation');
export const { DeleteOneOperation, DeleteManyOperation } = need<
  Record<'DeleteOneOperation' | 'DeleteManyOperation', OperationClass<[D.Namespace, Document, Document]>>
>(require('mongodb/lib/operations/delete'), 'DeleteOneOperation', 'DeleteManyOperation');
export const { DistinctOperation } = need<{
  DistinctOperation: OperationClass<[Collection, string, Document, Document], unknown[]>;
}>(require('mongodb/lib/operations/distinct'), 'DistinctOperation');
export const { EstimatedDocumentCountOperation } = need<{
  EstimatedDocumentCountOperation: OperationClass<[Collection, Document], number>;
}>(require('mongodb/lib/operations/estimated_document_count'), 'EstimatedDocumentCountOperation');
export const { FindOperation } = need<{
  FindOperation: OperationClass<[D.Namespace, Document, Document], D.CursorResponse>;
}>(require('mongodb/lib/operations/find'), 'FindOperation');
export const { FindOneAndDeleteOperation, FindOneAndReplaceOperation, FindOneAndUpdateOperation } = need<{
  FindOneAndDeleteOperation: OperationClass<[Collection, Document, Document], Document | null>;
  FindOneAndReplaceOperation: OperationClass<[Collection, Document, Document, Document], Document | null>;
  FindOneAndUpdateOperation: OperationClass<[Collection, Document, Document, Document], Document | null>;
}>(
  require('mongodb/lib/operations/find_and_modify'),
  'FindOneAndDeleteOperation',
  'FindOneAndReplaceOperation',
  'FindOneAndUpdateOperation'
);
export const { GetMoreOperation } = need<{
  GetMoreOperation: OperationClass<[D.Namespace, Long, D.Server, Document], D.CursorResponse>;
}>(require('mongodb/lib/operations/get_more'), 'GetMoreOperation');
export const { CreateIndexesOperation, DropIndexOperation } = need<{
  CreateIndexesOperation: Record<
    'fromIndexSpecification' | 'fromIndexDescriptionArray',
    (...args: unknown[]) => D.Operation<string[]>
  >;
  DropIndexOperation: OperationClass<[Collection, string, Document], Document>;
}>(require('mongodb/lib/operations/indexes'), 'CreateIndexesOperation', 'DropIndexOperation');
export const { InsertOneOperation } = need<{
  InsertOneOperation: OperationClass<[Collection, Document, Document], Document>;
}>(require('mongodb/lib/operations/insert'), 'InsertOneOperation');
export const { KillCursorsOperation } = need<{
  KillCursorsOperation: OperationClass<[Long, D.Namespace, D.Server, Document], void>;
}>(require('mongodb/lib/operations/kill_cursors'), 'KillCursorsOperation');
export const { RunCommandOperation } = need<{
  RunCommandOperation: OperationClass<[D.Namespace, Document, Document], Document>;
}>(require('mongodb/lib/operations/run_command'), 'RunCommandOperation');
export const { UpdateOneOperation, UpdateManyOperation, ReplaceOneOperation } = need<
  Record<
    'UpdateOneOperation' | 'UpdateManyOperation' | 'ReplaceOneOperation',
    OperationClass<[D.Namespace, Document, Document, Document]>
  >
>(
  require('mongodb/lib/operations/update'),
  'UpdateOneOperation',
  'UpdateManyOperation',
  'ReplaceOneOperation'
);

needMembers(Connection, 'Connection', 'prepareCommand', 'cleanup', 'onError', 'shouldEmitAndLogCommand');
needMembers(
  ConnectionPool,
  'ConnectionPool',
  'connectionIsStale',
  'destroyConnectionIfPerished',
  'destroyConnection',
  'ensureMinPoolSize'
);

/** A client's private state. */
export const clientOf = (client: MongoClient): D.ClientInternals => client as unknown as D.ClientInternals;

/** A cursor's private state. */
export const cursorOf = (cursor: object): D.CursorInternals => cursor as D.CursorInternals;

/** The namespace object of a collection or a database. */
export const namespaceOf = (owner: object): D.Namespace =>
  (owner as { s: { namespace: D.Namespace } }).s.namespace;

type Constructors = {
  collection: new <T extends Document>(db: Db, name: string, options?: CollectionOptions) => Collection<T>;
  find: new <T>(client: MongoClient, ns: D.Namespace, filter: Document, options: Document) => FindCursor<T>;
  aggregate: new <T>(
    client: MongoClient,
    ns: D.Namespace,
    pipeline: Document[],
    options: Document
  ) => AggregationCursor<T>;
};

/** Constructors that the driver keeps to itself. */
export const DriverCollection = Collection as unknown as Constructors['collection'];
export const DriverFindCursor = FindCursor as unknown as Constructors['find'];
export const DriverAggregationCursor = AggregationCursor as unknown as Constructors['aggregate'];

/** Options that make a client open connections of the given class: an option of the driver's own, not a public one. */
export const withConnectionType = (
  options: MongoClientOptions | undefined,
  type: object
): MongoClientOptions => ({ ...options, connectionType: type }) as MongoClientOptions;

export const createTimeoutContext = (options: object): D.TimeoutContext => TimeoutContext.create(options);
