import { createRequire } from 'node:module';
import type { Document } from 'mongodb';
import type { Call, Collection, ObjectIdClass } from '../scenarios/scenario.js';
import type { Slice } from '../slice.js';
import { databaseName } from '../documents.js';
import type { Caller, Coroutine } from './callers.js';
import type { Rival, Task } from './rival.js';

const require = createRequire(import.meta.url);

/** What is used of a driver's package. */
interface Driver {
  MongoClient: new (uri: string, options: object) => Client;
  ObjectId: ObjectIdClass;
  coroutine?: Coroutine;
}

interface Client {
  connect(): PromiseLike<unknown>;
  close(): PromiseLike<unknown>;
  db(name: string): Database;
}

interface Database {
  collection(name: string): Collection;
  command(command: object): PromiseLike<Document>;
}

const noCoroutine: Coroutine = () => {
  throw new Error('this driver has no coroutines');
};

/** A driver, called in one of its styles. */
export class DriverRival implements Rival {
  readonly #driver: Driver;
  readonly #caller: Caller;
  readonly #options: object;
  #client: Client | undefined;
  #database!: Database;
  #collection = '';
  #call!: Call;

  constructor(path: string, caller: Caller, options: object = {}) {
    this.#driver = require(path) as Driver;
    this.#caller = caller;
    this.#options = options;
  }

  async connect({ uri, scenario, collection }: Task): Promise<void> {
    this.#client = new this.#driver.MongoClient(uri, this.#options);
    await this.#client.connect();
    this.#database = this.#client.db(databaseName);
    this.#collection = collection;
    this.#call = scenario.call(this.#database.collection(collection), this.#driver.ObjectId);
  }

  run(slice: Slice): PromiseLike<void> {
    return this.#caller(this.#call, slice, this.#driver.coroutine ?? noCoroutine);
  }

  async count(): Promise<number> {
    const reply = await this.#database.command({ count: this.#collection });
    return reply['n'] as number;
  }

  async close(): Promise<void> {
    await this.#client?.close();
    this.#client = undefined;
  }
}
