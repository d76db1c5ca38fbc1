/* The driver's connections and pools, private members too. */
import type { EventEmitter } from 'node:events';
import type { Socket, TcpSocketConnectOpts } from 'node:net';
import type { Document } from 'mongodb';
import type {
  ClusterTime,
  CommandOptions,
  List,
  Namespace,
  Request,
  Response,
  ResponseType,
  Server,
  TimeoutContext
} from './types.js';

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
  /** Private: what `command` takes the first reply of. */
  sendCommand(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    responseType?: ResponseType
  ): AsyncGenerator<Document | Response>;
  exhaustCommand(
    ns: Namespace,
    command: Document,
    options: CommandOptions,
    listener: (error: unknown, reply?: Document) => void
  ): void;
}

/** How a connection's socket is opened. */
export interface SocketOptions extends Partial<TcpSocketConnectOpts> {
  readonly hostAddress: { readonly host?: string; readonly port?: number; readonly socketPath?: string };
  readonly connectTimeoutMS?: number;
  readonly cancellationToken?: EventEmitter;
  readonly tls?: boolean;
  readonly proxyHost?: string;
  readonly existingSocket?: Socket;
  readonly autoEncrypter?: object;
  /** What is made of the open socket. */
  readonly connectionType?: object;
}

export interface PoolOptions extends SocketOptions {
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
  checkedOut: Set<Connection>;
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
