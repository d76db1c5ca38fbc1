import {
  type ClientBulkWriteModel,
  type ClientBulkWriteOptions,
  type ClientBulkWriteResult,
  type Document,
  type ChangeStreamDocument,
  type ChangeStreamOptions,
  type ClientSessionOptions,
  type DbOptions,
  MongoClient as DriverMongoClient,
  MongoInvalidArgumentError,
  type MongoClientOptions as DriverMongoClientOptions
} from 'mongodb';
import { asynchronize, asynchronizeClass } from './asynchronize.js';
import { type ChangeStream, watched } from './change-stream.js';
import { ClientSession } from './client-session.js';
import { Connection } from './connection.js';
import { type SyncStyle, waitFor } from './coroutine.js';
import { ours } from './cursor.js';
import { Db } from './db.js';
import { clientOf, copyWith, type Topology, withConnectionType } from './driver.js';
import type { Future } from './future.js';
import { Members } from './members.js';
import type { WithSession } from './session-types.js';
import type { Callback, Method } from './styles.js';
import * as sync from './sync/client.js';
import { bulkWrite } from './sync/client-bulk-write.js';
import { trace, type TracingOptions } from './open-telemetry.js';
import { injectPool } from './topology.js';

/** The driver's options, and ours. */
export interface MongoClientOptions extends DriverMongoClientOptions {
  /**
   * Whether an operation's error has, in its `stack`, who waits for it or called it. Costs nothing with `await` and `yield*`,
   * 4 to 7 µs for each callback or `then`. Default: true.
   */
  callerStack?: boolean;
  /**
   * How many operations may be under way on one connection at a time. When all connections are busy and the pool is at
   * its `maxPoolSize`, an operation is written behind others on the connection with the fewest, and need not wait in the
   * queue; the server answers them in their order. So a slow operation delays those behind it, and a connection that
   * breaks fails all of them. Never in a transaction, nor with a `signal`, `socketTimeoutMS`, compression or an
   * unacknowledged write, nor for what may wait on the server on purpose or reads a cursor on.
   *
   * A whole number from 1 to 1000. Default: 1, no pipelining. No driver's specification has it.
   */
  pipelining?: number;
  /**
   * Spans of OpenTelemetry, as the drivers' specification has them. Needs the package `@opentelemetry/api`.
   * Default: what the environment says, see {@link TracingOptions}; otherwise none.
   */
  tracing?: TracingOptions;
}

/** A topology takes our pool before it is used. Not static: a class that names itself loses its name in some bundles. */
let injecting: PropertyDescriptor;

/** The driver's `MongoClient`, with our pool and socket, in every style. */
export class MongoClient extends DriverMongoClient {
  /** See {@link MongoClientOptions.callerStack}. */
  readonly callerStack: boolean;
  /** See {@link MongoClientOptions.pipelining}. */
  readonly pipelining: number;
  /** @internal None before the client connects. */
  declare topology?: Topology;
  #topology: Topology | undefined;

  static {
    injecting = {
      get(this: MongoClient) {
        return this.#topology;
      },
      set(this: MongoClient, topology: Topology | undefined) {
        if (topology) injectPool(topology);
        this.#topology = topology;
      },
      enumerable: true,
      configurable: true
    };
  }

  constructor(url: string, options?: MongoClientOptions) {
    const own: MongoClientOptions = { __proto__: null, ...options } as object; // none that Object.prototype has
    const { callerStack = true, pipelining = 1, tracing, ...others } = own;
    checkPipelining(pipelining);
    super(url, withConnectionType(others, Connection));
    this.callerStack = callerStack;
    this.pipelining = pipelining;
    const client = clientOf(this);
    client.s = copyWith(client.s);
    client.s.activeSessions = new Members();
    client.s.activeCursors = new Members();
    trace(this, tracing);
  }

  /**
   * @internal The driver makes the topology here. As with the driver the property is the client's own, and there is none
   * before: it is of one shape for all clients, whose properties stay as quick to reach as they were.
   */
  _connect(): Promise<this> {
    if (!Object.hasOwn(this, 'topology')) Object.defineProperty(this, 'topology', injecting);
    return clientOf(DriverMongoClient.prototype)._connect.call(this) as Promise<this>;
  }

  override db(dbName?: string, options?: DbOptions): Db {
    return new Db(this, dbName || this.options.dbName, { ...this.options, ...options });
  }

  /** One that is not explicit is the driver's own, and needs no styles: nobody but the driver and us sees it. */
  override startSession(options?: ClientSessionOptions): ClientSession {
    const session = super.startSession(options);
    return (session.explicit ? ours(session, ClientSession) : session) as ClientSession;
  }

  /** Makes a client and connects it. */
  static override readonly connect: Method<[url: string, options?: MongoClientOptions], MongoClient> =
    asynchronize(function* connect(
      this: typeof MongoClient,
      url: string,
      options?: MongoClientOptions
    ): SyncStyle<MongoClient> {
      const client = new this(url, options);
      yield* waitFor(client.connect());
      return client;
    });
}

/** Made by the table below. */
export interface MongoClient {
  connect: Method<[], this>;
  close: Method<[force?: boolean], void>;
  /**
   * Starts a session, runs `body` with it, and ends it, whatever comes. `body` is of any style, as that of
   * {@link ClientSession.withTransaction} is. Gives what `body` gives.
   */
  withSession: WithSession;
  /** Changes of all databases, as they happen. */
  watch<TSchema extends Document = Document, TChange extends Document = ChangeStreamDocument<TSchema>>(
    pipeline?: Document[],
    options?: ChangeStreamOptions
  ): ChangeStream<TSchema, TChange>;
  [Symbol.asyncDispose]: Method<[], void>;
  /** Writes to several collections, in as few messages as their number and size allow. Needs a server of 8.0 or later. */
  bulkWrite: ClientBulkWrite;
}

interface ClientBulkWrite {
  <Schemas extends Record<string, Document> = Record<string, Document>>(
    models: readonly ClientBulkWriteModel<Schemas>[],
    callback: Callback<ClientBulkWriteResult>
  ): void;
  <Schemas extends Record<string, Document> = Record<string, Document>>(
    models: readonly ClientBulkWriteModel<Schemas>[],
    options: ClientBulkWriteOptions | undefined,
    callback: Callback<ClientBulkWriteResult>
  ): void;
  <Schemas extends Record<string, Document> = Record<string, Document>>(
    models: readonly ClientBulkWriteModel<Schemas>[],
    options?: ClientBulkWriteOptions
  ): Future<ClientBulkWriteResult>;
}

asynchronizeClass(MongoClient, {
  async: {
    close: sync.close,
    bulkWrite,
    withSession: { method: sync.withSession, arity: 2, takesFunctions: 1 }
  },
  delegated: { connect: { arity: 0 }, [Symbol.asyncDispose]: { arity: 0 } },
  chaining: ['watch'],
  wrap: { watch: watched },
  callerStack: (client?: MongoClient) => client?.callerStack
});

function checkPipelining(pipelining: unknown): void {
  if (Number.isInteger(pipelining) && Number(pipelining) >= 1 && Number(pipelining) <= 1000) return;
  throw new MongoInvalidArgumentError(
    `Option "pipelining" must be a whole number from 1 to 1000, got ${typeof pipelining === 'string' ? JSON.stringify(pipelining) : String(pipelining)}`
  );
}
