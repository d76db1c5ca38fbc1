/* The driver's operations, as far as lib/driver.ts uses them. */
import type {
  Admin,
  Collection,
  Db,
  Document,
  ListDatabasesResult,
  Long,
  MongoClient,
  MongoError,
  ProfilingLevel
} from 'mongodb';
import type * as D from './types.js';

export interface OperationClass<A extends unknown[] = never[], T = unknown> {
  new (...args: A): D.Operation<T>;
  readonly prototype: D.Operation<T>;
}

export type BulkCommandClass = OperationClass<[D.Namespace, Document[], Document], Document>;

/** What the modules of operations/ export, all together. */
export interface Operations {
  autoConnect(client: MongoClient): Promise<D.Topology>;
  calculateBaseBackoffMS(error: MongoError): number;
  Aspect: Record<
    | 'READ_OPERATION'
    | 'WRITE_OPERATION'
    | 'RETRYABLE'
    | 'CURSOR_CREATING'
    | 'MUST_SELECT_SAME_SERVER'
    | 'COMMAND_BATCHING',
    symbol
  >;
  ClientBulkWriteOperation: OperationClass<[D.ClientBulkWriteBuilder, Document], D.ClientBulkWriteResponse>;
  ClientBulkWriteCommandBuilder: typeof D.ClientBulkWriteBuilder;
  buildOperation(model: Document, namespace: number, pkFactory: object, options: Document): Document;
  ClientBulkWriteExecutor: new (
    client: MongoClient,
    models: readonly Document[],
    options: Document
  ) => D.ClientBulkWriteExecutor;
  ClientBulkWriteResultsMerger: typeof D.ClientBulkWriteResultsMerger;
  CommandOperation: OperationClass;
  AggregateOperation: OperationClass<[D.Namespace, Document[], Document], D.CursorResponse>;
  CountOperation: OperationClass<[D.Namespace, Document, Document], number>;
  DistinctOperation: OperationClass<[Collection, string, Document, Document], unknown[]>;
  EstimatedDocumentCountOperation: OperationClass<[Collection, Document], number>;
  FindOperation: OperationClass<[D.Namespace, Document, Document], D.CursorResponse>;
  FindOneAndDeleteOperation: OperationClass<[Collection, Document, Document], Document | null>;
  FindOneAndReplaceOperation: OperationClass<[Collection, Document, Document, Document], Document | null>;
  FindOneAndUpdateOperation: OperationClass<[Collection, Document, Document, Document], Document | null>;
  GetMoreOperation: OperationClass<[D.Namespace, Long, D.Server, Document], D.CursorResponse>;
  CreateIndexesOperation: Record<
    'fromIndexSpecification' | 'fromIndexDescriptionArray',
    (...args: unknown[]) => D.Operation<string[]>
  >;
  DropIndexOperation: OperationClass<[Collection, string, Document], Document>;
  ListIndexesOperation: OperationClass<[Collection, Document], D.CursorResponse>;
  InsertOperation: BulkCommandClass;
  InsertOneOperation: OperationClass<[Collection, Document, Document], Document>;
  KillCursorsOperation: OperationClass<[Long, D.Namespace, D.Server, Document], void>;
  RunCommandOperation: OperationClass<[D.Namespace, Document, Document], Document>;
  RunCursorCommandOperation: OperationClass<[D.Namespace, Document, Document], D.CursorResponse>;
  DeleteOperation: BulkCommandClass;
  DeleteOneOperation: OperationClass<[D.Namespace, Document, Document]>;
  DeleteManyOperation: OperationClass<[D.Namespace, Document, Document]>;
  UpdateOperation: BulkCommandClass;
  UpdateOneOperation: OperationClass<[D.Namespace, Document, Document, Document]>;
  UpdateManyOperation: OperationClass<[D.Namespace, Document, Document, Document]>;
  ReplaceOneOperation: OperationClass<[D.Namespace, Document, Document, Document]>;
  CreateCollectionOperation: OperationClass<[Db, string, Document], Collection>;
  CreateSearchIndexesOperation: OperationClass<[Collection, readonly Document[]], string[]>;
  DbStatsOperation: OperationClass<[Db, Document], Document>;
  DropCollectionOperation: OperationClass<[Db, string, Document], boolean>;
  DropDatabaseOperation: OperationClass<[Db, Document], boolean>;
  DropSearchIndexOperation: OperationClass<[Collection, string], void>;
  ListCollectionsOperation: OperationClass<[Db, Document, Document], D.CursorResponse>;
  ListDatabasesOperation: OperationClass<[Db, Document | undefined], ListDatabasesResult>;
  ProfilingLevelOperation: OperationClass<[Db, Document], string>;
  RemoveUserOperation: OperationClass<[Db, string, Document], boolean>;
  RenameOperation: OperationClass<[Collection, string, Document], Collection>;
  SetProfilingLevelOperation: OperationClass<[Db, ProfilingLevel, Document], ProfilingLevel>;
  UpdateSearchIndexOperation: OperationClass<[Collection, string, Document], void>;
  ValidateCollectionOperation: OperationClass<[Admin, string, Document], Document>;
}
