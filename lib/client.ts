import {
  type ClientBulkWriteModel,
  type ClientBulkWriteOptions,
  type ClientBulkWriteResult,
  type Document,
  type DbOptions,
  MongoClient as DriverMongoClient,
  type MongoClientOptions as DriverMongoClientOptions
} from 'mongodb';
import { asynchronize, asynchronizeClass } from './asynchronize.js';
import { Connection } from './connection.js';
import { type SyncStyle, waitFor } from './coroutine.js';
import { Db } from './db.js';
import { type Topology, withConnectionType } from './driver.js';
import type { Future } from './future.js';
import type { Callback, Method } from './styles.js';
import * as sync from './sync/client.js';
import { injectPool } from './topology.js';

/** The driver's options, and ours. */
export interface MongoClientOptions extends DriverMongoClientOptions {
  /**
   * Whether an operation's error has, in its `stack`, where the operation was called. Costs about 3 µs an operation.
   * Default: true.
   */
  callerStack?: boolean;
}

/** The driver's `MongoClient`, with our pool and socket, in every style. */
export class MongoClient extends DriverMongoClient {
  /** See {@link MongoClientOptions.callerStack}. */
  readonly callerStack: boolean;
  #topology: Topology | undefined;

  constructor(url: string, options?: MongoClientOptions) {
    const { callerStack = true, ...others } = options ?? {};
    super(url, withConnectionType(others, Connection));
    this.callerStack = callerStack;
  }

  /** @internal The driver makes it when it connects, and it takes our pool before it is used. */
  get topology(): Topology | undefined {
    return this.#topology;
  }

  set topology(topology: Topology | undefined) {
    if (topology) injectPool(topology);
    this.#topology = topology;
  }

  override db(dbName?: string, options?: DbOptions): Db {
    return new Db(this, dbName || this.options.dbName, { ...this.options, ...options });
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
  bulkWrite<Schemas extends Record<string, Document> = Record<string, Document>>(
    models: readonly ClientBulkWriteModel<Schemas>[],
    options?: ClientBulkWriteOptions
  ): Future<ClientBulkWriteResult>;
  bulkWrite(
    ...args: [models: readonly ClientBulkWriteModel[], callback: Callback<ClientBulkWriteResult>]
  ): void;
}

asynchronizeClass(MongoClient, {
  async: { close: sync.close },
  delegated: {
    connect: { arity: 0 },
    bulkWrite: { arity: 2 }
  },
  callerStack: (client?: MongoClient) => client?.callerStack
});
