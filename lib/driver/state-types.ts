/* The private state of the driver's public classes. */
import type { AbstractCursor, BSONSerializeOptions, Document, Long, Timestamp } from 'mongodb';
import type { CursorResponse, Namespace, Server, ServerSessionPool, Session, Topology } from './types.js';

/** A client's private state. */
export interface ClientInternals {
  topology?: Topology;
  readonly options: { readonly metadata: Promise<Document> };
  readonly mongoLogger?: { willLog(component: string, severity: string): boolean };
  readonly autoEncrypter?: object;
  /** Of our clients. */
  readonly pipelining?: number;
  startSession(options: { owner: symbol | object; explicit: boolean }): Session;
  _connect(): Promise<unknown>;
  s: {
    readonly authProviders: object;
    readonly sessionPool: ServerSessionPool;
    activeSessions: Set<object>;
    activeCursors: Set<object>;
    readonly options: {
      serverSelectionTimeoutMS: number;
      waitQueueTimeoutMS: number;
      readonly pkFactory?: object;
    };
  };
}

/** A collection's private state. */
export interface CollectionInternals {
  readonly db: { readonly options?: { readonly forceServerObjectId?: boolean } };
  readonly s: { readonly pkFactory: { createPk(): unknown } };
}

/** The state of a stream that writes a file. */
export interface Upload {
  readonly id: unknown;
  readonly chunks: { insertOne(document: Document, options: Document): Promise<unknown> };
  readonly writeConcern?: object;
  readonly chunkSizeBytes: number;
  /** The beginning of the next chunk: its first `pos` bytes. */
  bufToStore: Uint8Array;
  pos: number;
  /** Of the next chunk. */
  n: number;
  /** Of the file so far, in bytes. */
  length: number;
  readonly state: { outstandingRequests: number; errored: boolean; readonly aborted: boolean };
}

/** A change stream's private state. */
export interface ChangeStreamInternals {
  readonly isClosed: boolean;
  readonly cursor: AbstractCursor<Document>;
  readonly timeoutContext?: object;
  _setIsIterator(): void;
  /** Remembers where the stream is to be resumed. @throws when that is not to be known */
  _processChange(change: Document): Document;
  /** Resumes the stream, or closes it and throws the error. */
  _processErrorIteratorMode(error: Error, started: boolean): Promise<void>;
}

/** What the driver keeps for a change stream to be resumed with. */
export interface ChangeStreamCursorInternals {
  readonly pipeline: Document[];
  readonly changeStreamCursorOptions: Document;
  startAtOperationTime: Timestamp | null;
  maxWireVersion?: number;
  _processBatch(response: CursorResponse): void;
}

/** A cursor's private state. */
export interface CursorInternals {
  readonly client: ClientInternals;
  readonly isDead: boolean;
  readonly cursorOptions: BSONSerializeOptions & {
    batchSize?: number;
    tailable?: boolean;
    awaitData?: boolean;
    omitMaxTimeMS?: boolean;
  };
  readonly deserializationOptions: Document;
  readonly signal?: AbortSignal;
  readonly transform?: (document: unknown) => unknown;
  abortListener?: Disposable;
  readonly findOptions?: Document & { limit?: number };
  readonly cursorFilter: Document;
  readonly aggregateOptions: Document;
  readonly getMoreOptions?: { comment?: unknown; maxAwaitTimeMS?: number; batchSize?: number };
  cursorId: Long | null;
  cursorSession: Session | null;
  cursorNamespace: Namespace;
  selectedServer?: Server;
  documents: CursorResponse | null;
  initialized: boolean;
  isClosed: boolean;
  isKilled: boolean;
  numReturned: number;
  getMore(): Promise<CursorResponse>;
  _initialize(session: Session): Promise<{ server: Server; response: CursorResponse }>;
  emitClose(): void;
  resolveExplainTimeoutOptions(verbosity?: unknown, options?: unknown): { explain?: unknown };
}
