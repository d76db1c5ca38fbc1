/*
 * The one file that reaches under the driver's public API: what it uses, typed, and checked when it is loaded.
 *
 *   cmap/            the handshake (`connectionType` is how the driver itself lets a connection class be given), the
 *                    pool's state and events, the request objects that monitoring events are made from, the replies
 *   sdam/            server selectors; topologies, servers and their error handling are reached through a client
 *   operations/      operations, which make commands and read replies without any I/O
 *   bulk/            what has come of a bulk write so far, and its result
 *   sessions, utils  what is applied to every command
 *
 * Private members of the driver's classes are reached by the types in driver/. Nothing of the driver is
 * patched: another user of the same copy in this process finds it untouched.
 */
/* eslint-disable @typescript-eslint/no-require-imports -- these modules have no declarations to import */
import {
  AbstractCursor,
  ChangeStream,
  Admin,
  AggregationCursor,
  Collection,
  ExplainableCursor,
  FindCursor,
  ListCollectionsCursor,
  ListIndexesCursor,
  MongoClient,
  OrderedBulkOperation,
  UnorderedBulkOperation
} from 'mongodb';
import { checking } from './driver/check.js';
import type { Constructors } from './driver/constructors.js';
import type * as D from './driver/types.js';

export {
  bulkOf,
  changesOf,
  clientOf,
  createCursorOfChanges,
  cursorOf,
  cursorOfChanges,
  cursorOfDownload,
  keysOf,
  namespaceOf,
  sessionOf,
  streamOf,
  uploadOf,
  withConnectionType
} from './driver/internals.js';
export { copyWith } from './driver/copy.js';
export { type Kept, lean } from './driver/lean-response.js';
export type * from './driver/types.js'; // some of them have the names of values here, too
export type Connection = D.Connection;
export type ConnectionPool = D.ConnectionPool;
export type CursorResponse = D.CursorResponse;
export type DeprioritizedServers = D.DeprioritizedServers;

const { version } = require('mongodb/package.json') as { version: string };
const { need, needMembers } = checking('7.9.0', version);

const connecting = need('cmap/connect', require('mongodb/lib/cmap/connect'));
void connecting.connect; // is checked now, and looked up at every call: an instrumentation may wrap it, or cease to
export const connect = (options: object): Promise<Connection> => connecting.connect(options);
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
export const { CommandStartedEvent, CommandSucceededEvent, CommandFailedEvent, SENSITIVE_COMMANDS } = need(
  'cmap/command_monitoring_events',
  require('mongodb/lib/cmap/command_monitoring_events')
);
export const {
  MongoDBResponse,
  CursorResponse,
  Compressor,
  compress,
  decompress,
  uncompressibleCommands,
  getReadPreference
} = need('cmap/wire_protocol', {
  ...require('mongodb/lib/cmap/wire_protocol/responses'),
  ...require('mongodb/lib/cmap/wire_protocol/compression'),
  ...require('mongodb/lib/cmap/wire_protocol/shared')
});
export const { BulkWriteResult, mergeBatchResults } = need('bulk/common', require('mongodb/lib/bulk/common'));
export const { parseToElementsToArray, resolveBSONOptions } = need('bson', require('mongodb/lib/bson'));
export const {
  ListSearchIndexesCursor: DriverListSearchIndexesCursor,
  RunCommandCursor: DriverRunCommandCursor,
  ChangeStreamCursor: DriverChangeStreamCursor
} = need('cursor', {
  ...require('mongodb/lib/cursor/list_search_indexes_cursor'),
  ...require('mongodb/lib/cursor/run_command_cursor'),
  ...require('mongodb/lib/cursor/change_stream_cursor')
});
export const { CMAP_EVENTS, APM_EVENTS } = need('constants', require('mongodb/lib/constants'));
export const { isRetryableReadError, isRetryableWriteError } = need('error', require('mongodb/lib/error'));
export const {
  DeprioritizedServers,
  readPreferenceServerSelector,
  sameServerSelector,
  secondaryWritableServerSelector
} = need('sdam/server_selection', require('mongodb/lib/sdam/server_selection'));
export const { applySession, updateSessionFromResponse, maybeClearPinnedConnection, ServerSessionPool } =
  need('sessions', require('mongodb/lib/sessions'));
export const { formatSort } = need('sort', require('mongodb/lib/sort'));
const { Server } = need('sdam/server', require('mongodb/lib/sdam/server'));
const { Topology } = need('sdam/topology', require('mongodb/lib/sdam/topology'));
/** The driver's own: where there is another in the place of one of them, that is called. */
export const genuine = { command: Server.prototype.command, selectServer: Topology.prototype.selectServer };
const { TimeoutContext } = need('timeout', require('mongodb/lib/timeout'));
export const {
  resolveOptions,
  maxWireVersion,
  supportsRetryableWrites,
  processTimeMS,
  abortable,
  emitWarningOnce,
  MongoDBNamespace
} = need('utils', require('mongodb/lib/utils'));
export const { throwIfWriteConcernError } = need('write_concern', require('mongodb/lib/write_concern'));
export const {
  AggregateOperation,
  Aspect,
  ClientBulkWriteCommandBuilder,
  ClientBulkWriteExecutor,
  ClientBulkWriteOperation,
  ClientBulkWriteResultsMerger,
  CommandOperation,
  CountOperation,
  CreateCollectionOperation,
  CreateIndexesOperation,
  CreateSearchIndexesOperation,
  DbStatsOperation,
  DeleteManyOperation,
  DeleteOneOperation,
  DeleteOperation,
  DistinctOperation,
  DropCollectionOperation,
  DropDatabaseOperation,
  DropIndexOperation,
  DropSearchIndexOperation,
  EstimatedDocumentCountOperation,
  FindOneAndDeleteOperation,
  FindOneAndReplaceOperation,
  FindOneAndUpdateOperation,
  FindOperation,
  GetMoreOperation,
  InsertOneOperation,
  InsertOperation,
  KillCursorsOperation,
  ListCollectionsOperation,
  ListDatabasesOperation,
  ListIndexesOperation,
  ProfilingLevelOperation,
  RemoveUserOperation,
  RenameOperation,
  ReplaceOneOperation,
  RunCommandOperation,
  RunCursorCommandOperation,
  SetProfilingLevelOperation,
  UpdateManyOperation,
  UpdateOneOperation,
  UpdateOperation,
  UpdateSearchIndexOperation,
  ValidateCollectionOperation,
  autoConnect,
  buildOperation,
  calculateBaseBackoffMS
} = need('operations', {
  ...require('mongodb/lib/operations/aggregate'),
  ...require('mongodb/lib/operations/client_bulk_write/client_bulk_write'),
  ...require('mongodb/lib/operations/client_bulk_write/command_builder'),
  ...require('mongodb/lib/operations/client_bulk_write/executor'),
  ...require('mongodb/lib/operations/client_bulk_write/results_merger'),
  ...require('mongodb/lib/operations/command'),
  ...require('mongodb/lib/operations/count'),
  ...require('mongodb/lib/operations/create_collection'),
  ...require('mongodb/lib/operations/delete'),
  ...require('mongodb/lib/operations/distinct'),
  ...require('mongodb/lib/operations/drop'),
  ...require('mongodb/lib/operations/estimated_document_count'),
  ...require('mongodb/lib/operations/execute_operation'),
  ...require('mongodb/lib/operations/find'),
  ...require('mongodb/lib/operations/find_and_modify'),
  ...require('mongodb/lib/operations/get_more'),
  ...require('mongodb/lib/operations/indexes'),
  ...require('mongodb/lib/operations/insert'),
  ...require('mongodb/lib/operations/kill_cursors'),
  ...require('mongodb/lib/operations/list_collections'),
  ...require('mongodb/lib/operations/list_databases'),
  ...require('mongodb/lib/operations/operation'),
  ...require('mongodb/lib/operations/profiling_level'),
  ...require('mongodb/lib/operations/remove_user'),
  ...require('mongodb/lib/operations/rename'),
  ...require('mongodb/lib/operations/run_command'),
  ...require('mongodb/lib/operations/search_indexes/create'),
  ...require('mongodb/lib/operations/search_indexes/drop'),
  ...require('mongodb/lib/operations/search_indexes/update'),
  ...require('mongodb/lib/operations/set_profiling_level'),
  ...require('mongodb/lib/operations/stats'),
  ...require('mongodb/lib/operations/update'),
  ...require('mongodb/lib/operations/validate_collection')
});

needMembers(
  ClientBulkWriteResultsMerger,
  'ClientBulkWriteResultsMerger',
  'processDocument',
  'incrementCounts'
);
needMembers(MongoClient, 'MongoClient', '_connect');
needMembers(AbstractCursor, 'AbstractCursor', 'emitClose');
needMembers(DriverChangeStreamCursor, 'ChangeStreamCursor', '_processBatch');
needMembers(ChangeStream, 'ChangeStream', '_createChangeStreamCursor');
needMembers(ExplainableCursor, 'ExplainableCursor', 'resolveExplainTimeoutOptions');
needMembers(Connection, 'Connection', 'prepareCommand', 'cleanup', 'onError', 'shouldEmitAndLogCommand');
needMembers(
  ConnectionPool,
  'ConnectionPool',
  'connectionIsStale',
  'destroyConnectionIfPerished',
  'destroyConnection',
  'ensureMinPoolSize'
);

/** Constructors as ours extend them; most the driver keeps to itself. */
export const DriverCollection = Collection as unknown as Constructors['collection'];
export const DriverFindCursor = FindCursor as unknown as Constructors['find'];
export const DriverAggregationCursor = AggregationCursor as unknown as Constructors['aggregate'];
export const DriverListCollectionsCursor: Constructors['listCollections'] = ListCollectionsCursor;
export const DriverListIndexesCursor = ListIndexesCursor as unknown as Constructors['listIndexes'];
export const DriverAdmin = Admin as unknown as Constructors['admin'];
export const DriverOrderedBulkOperation = OrderedBulkOperation as unknown as Constructors['orderedBulk'];
export const DriverUnorderedBulkOperation =
  UnorderedBulkOperation as unknown as Constructors['unorderedBulk'];

export const createTimeoutContext = (options: object): D.TimeoutContext => TimeoutContext.create(options);
