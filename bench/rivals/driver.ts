import { createRequire } from 'node:module';
import type { Client, Database, Driver } from '../scenarios/place.js';
import type { Call } from '../scenarios/scenario.js';
import type { Slice } from '../slice.js';
import { databaseName } from '../documents.js';
import type { Caller, Coroutine } from './callers.js';
import type { Rival, Task } from './rival.js';

const require = createRequire(import.meta.url);

const noCoroutine: Coroutine = () => {
  throw new Error('this driver has no coroutines');
};

/** A driver, called in one of its styles. */
export class DriverRival implements Rival {
  readonly #driver: Driver & { coroutine?: Coroutine };
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
    const driver = this.#driver;
    const newClient = () => new driver.MongoClient(uri, this.#options);
    this.#client = newClient();
    await this.#client.connect();
    const database = (this.#database = this.#client.db(databaseName));
    this.#collection = collection;
    const place = {
      driver,
      newClient,
      database,
      name: collection,
      collection: database.collection(collection)
    };
    this.#call = scenario.call(place);
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
