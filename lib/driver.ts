/*
 * The one file that reaches under the driver's public API: what it uses, typed, and checked when it is loaded.
 *
 *   cmap/            the handshake (`connectionType` is how the driver itself lets a connection class be given), the
 *                    pool's state and events, the request objects that monitoring events are made from, the replies
 *   sdam/            server selectors; topologies, servers and their error handling are reached through a client
 *   operations/      operations, which make commands and read replies without any I/O
 *   sessions, utils  what is applied to every command
 *
 * Private members of the driver's classes are reached by the types in driver/. Nothing of the driver is
 * patched: another user of the same copy in this process finds it untouched.
 */
/* eslint-disable @typescript-eslint/no-require-imports -- these modules have no declarations to import */
import {
  AggregationCursor,
  Collection,
  type CollectionOptions,
  type Db,
  type Document,
  FindCursor,
  type MongoClient,
  type MongoClientOptions
} from 'mongodb';
import { MotorError } from './errors.js';
import type { Modules } from './driver/modules.js';
import type * as D from './driver/types.js';

export type * from './driver/types.js';
// the names of these types are those of values here, too
export type Connection = D.Connection;
export type ConnectionPool = D.ConnectionPool;
export type CursorResponse = D.CursorResponse;
export type DeprioritizedServers = D.DeprioritizedServers;

const VERSION = '7.9.0';

/** A module of the driver, each of whose names is checked as it is taken out of it. */
function need<P extends keyof Modules>(path: P, loaded: object): Modules[P] {
  const take = (_: object, name: string | symbol): unknown => {
    const value: unknown = Reflect.get(loaded, name);
    if (value === undefined) throw mismatch(`its ${path} has no ${String(name)}`);
    return value;
  };
  return new Proxy(loaded, { get: take }) as Modules[P];
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

export const { connect } = need('cmap/connect', require('mongodb/lib/cmap/connect'));
export const { Connection } = need('cmap/connection', require('mongodb/lib/cmap/connection'));
export const { ConnectionPool } = need('cmap/connection_pool', require('mongodb/lib/cmap/connection_pool'));
export const { PoolClearedError, PoolClosedError, WaitQueueTimeoutError } = need(
  'cmap/errors',
  require('mongodb/lib/cmap/errors')
);
export const {
  ConnectionCheckOutStartedEvent,
  ConnectionCheckedOutEvent,
  ConnectionCheckOutFailedEvent,
  ConnectionCheckedInEvent,
  ConnectionCreatedEvent,
  ConnectionReadyEvent,
  ConnectionClosedEvent
} = need('cmap/connection_pool_events', require('mongodb/lib/cmap/connection_pool_events'));
export const { OpMsgRequest, DocumentSequence } = need('cmap/commands', require('mongodb/lib/cmap/commands'));
export const { CommandStartedEvent, CommandSucceededEvent, CommandFailedEvent } = need(
  'cmap/command_monitoring_events',
  require('mongodb/lib/cmap/command_monitoring_events')
);
export const { MongoDBResponse, CursorResponse } = need(
  'cmap/wire_protocol/responses',
  require('mongodb/lib/cmap/wire_protocol/responses')
);
export const { Compressor, compress, decompress, uncompressibleCommands } = need(
  'cmap/wire_protocol/compression',
  require('mongodb/lib/cmap/wire_protocol/compression')
);
export const { resolveBSONOptions } = need('bson', require('mongodb/lib/bson'));
export const { getReadPreference } = need(
  'cmap/wire_protocol/shared',
  require('mongodb/lib/cmap/wire_protocol/shared')
);
export const { CMAP_EVENTS, APM_EVENTS } = need('constants', require('mongodb/lib/constants'));
export const { isRetryableReadError, isRetryableWriteError } = need('error', require('mongodb/lib/error'));
export const {
  DeprioritizedServers,
  readPreferenceServerSelector,
  sameServerSelector,
  secondaryWritableServerSelector
} = need('sdam/server_selection', require('mongodb/lib/sdam/server_selection'));
export const { applySession, updateSessionFromResponse, maybeClearPinnedConnection } = need(
  'sessions',
  require('mongodb/lib/sessions')
);
const { TimeoutContext } = need('timeout', require('mongodb/lib/timeout'));
export const { resolveOptions, maxWireVersion, supportsRetryableWrites, processTimeMS, abortable } = need(
  'utils',
  require('mongodb/lib/utils')
);
export const { throwIfWriteConcernError } = need('write_concern', require('mongodb/lib/write_concern'));
export const { autoConnect, calculateBaseBackoffMS } = need(
  'operations/execute_operation',
  require('mongodb/lib/operations/execute_operation')
);
export const { Aspect } = need('operations/operation', require('mongodb/lib/operations/operation'));
export const { CommandOperation } = need('operations/command', require('mongodb/lib/operations/command'));
export const { AggregateOperation } = need(
  'operations/aggregate',
  require('mongodb/lib/operations/aggregate')
);
export const { CountOperation } = need('operations/count', require('mongodb/lib/operations/count'));
export const { DeleteOneOperation, DeleteManyOperation } = need(
  'operations/delete',
  require('mongodb/lib/operations/delete')
);
export const { DistinctOperation } = need('operations/distinct', require('mongodb/lib/operations/distinct'));
export const { EstimatedDocumentCountOperation } = need(
  'operations/estimated_document_count',
  require('mongodb/lib/operations/estimated_document_count')
);
export const { FindOperation } = need('operations/find', require('mongodb/lib/operations/find'));
export const { FindOneAndDeleteOperation, FindOneAndReplaceOperation, FindOneAndUpdateOperation } = need(
  'operations/find_and_modify',
  require('mongodb/lib/operations/find_and_modify')
);
export const { GetMoreOperation } = need('operations/get_more', require('mongodb/lib/operations/get_more'));
export const { CreateIndexesOperation, DropIndexOperation } = need(
  'operations/indexes',
  require('mongodb/lib/operations/indexes')
);
export const { InsertOneOperation } = need('operations/insert', require('mongodb/lib/operations/insert'));
export const { KillCursorsOperation } = need(
  'operations/kill_cursors',
  require('mongodb/lib/operations/kill_cursors')
);
export const { RunCommandOperation } = need(
  'operations/run_command',
  require('mongodb/lib/operations/run_command')
);
export const { UpdateOneOperation, UpdateManyOperation, ReplaceOneOperation } = need(
  'operations/update',
  require('mongodb/lib/operations/update')
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
