// Mongoose, which finds documents without making models of them (`lean`).
import type { Connection, Model, Mongoose } from 'mongoose';
import { databaseName } from '../documents.js';
import type { Collection, Driver, Place } from '../scenarios/place.js';
import type { Call } from '../scenarios/scenario.js';
import type { Slice } from '../slice.js';
import { promiseCaller } from './callers.js';
import type { Rival, Task } from './rival.js';

const fields = {
  name: String,
  email: String,
  age: Number,
  active: Boolean,
  balance: Number,
  createdAt: Date,
  tags: [String],
  address: { street: String, city: String, postcode: String },
  visits: Number,
  referredBy: {}
};

/** A model by the names that the driver gives to what it does. */
const asCollection = (model: Model<object>) => ({
  findOne: (filter: object) => model.findOne(filter).lean().exec(),
  insertOne: async (document: object) => ({ insertedId: (await model.create(document))._id }),
  insertMany: async (documents: object[]) => ({
    insertedCount: (await model.insertMany(documents, { lean: true })).length
  }),
  updateOne: (filter: object, update: object) => model.updateOne(filter, update).exec(),
  find: (filter: object) => ({ toArray: () => model.find(filter).lean().exec() })
});

export class MongooseRival implements Rival {
  readonly #mongoose: Mongoose;
  #connection: Connection | undefined;
  #collection = '';
  #call!: Call;

  constructor(mongoose: Mongoose) {
    this.#mongoose = mongoose;
  }

  /** Collections and indexes are not made: the scenarios find them made, or need none. */
  async connect({ uri, scenario, collection: name }: Task): Promise<void> {
    const { mongo, Schema } = this.#mongoose;
    const options = { dbName: databaseName, autoCreate: false, autoIndex: false };
    this.#connection = await this.#mongoose.createConnection(uri, options).asPromise();
    this.#collection = name;
    const model = this.#connection.model<object>('Customer', new Schema(fields, { versionKey: false }), name);
    const collection = asCollection(model) as unknown as Collection;
    this.#call = scenario.call({ driver: mongo as unknown as Driver, name, collection } as Place);
  }

  run(slice: Slice): PromiseLike<void> {
    return promiseCaller(this.#call, slice);
  }

  async count(): Promise<number> {
    const reply = await this.#connection!.db!.command({ count: this.#collection });
    return reply['n'] as number;
  }

  async close(): Promise<void> {
    await this.#connection?.close();
    this.#connection = undefined;
  }
}
