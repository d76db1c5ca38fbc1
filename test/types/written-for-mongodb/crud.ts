import {
  type AnyBulkWriteOperation,
  type BulkWriteResult,
  type Collection,
  type CreateIndexesOptions,
  type DeleteResult,
  type Document,
  type Filter,
  type FindOneAndUpdateOptions,
  type FindOptions,
  type IndexDescription,
  type InsertManyResult,
  type InsertOneResult,
  type ModifyResult,
  MongoBulkWriteError,
  MongoServerError,
  ObjectId,
  type OptionalId,
  type OptionalUnlessRequiredId,
  type UpdateFilter,
  type UpdateResult,
  type WithId,
  type WithoutId
} from 'mongodb';
import { exactly } from './exactly';

interface Pet {
  name: string;
  kind: 'cat' | 'dog';
  age?: number;
  tags: string[];
  owner: { name: string; phones: { number: string }[] };
  born: Date;
}

interface Keyed {
  _id: string;
  count: number;
}

declare const pets: Collection<Pet>;
declare const keyed: Collection<Keyed>;
declare const loose: Collection;

const pet: Pet = {
  name: 'Tom',
  kind: 'cat',
  tags: [],
  owner: { name: 'Ada', phones: [] },
  born: new Date()
};

export async function create(): Promise<void> {
  const one = await pets.insertOne(pet);
  exactly<InsertOneResult<Pet>>()(one);
  exactly<ObjectId>()(one.insertedId);
  const many: InsertManyResult<Pet> = await pets.insertMany([pet, { ...pet, _id: new ObjectId() }]);
  exactly<{ [key: number]: ObjectId }>()(many.insertedIds);
  const { insertedId } = await keyed.insertOne({ _id: 'a', count: 1 });
  exactly<string>()(insertedId);
  await loose.insertOne({ anything: true });
  const optional: OptionalId<Pet> = pet;
  const unless: OptionalUnlessRequiredId<Pet> = optional;
  await pets.insertOne(unless, { writeConcern: { w: 'majority' }, comment: 'why' });

  // @ts-expect-error -- a field is missing
  await pets.insertOne({ name: 'Tom' });
  // @ts-expect-error -- the schema says that there is an _id
  await keyed.insertOne({ count: 1 });
  // @ts-expect-error -- a value of another type
  await keyed.insertOne({ _id: 'a', count: 'one' });
  // @ts-expect-error -- no document
  await pets.insertOne();
  // @ts-expect-error -- not one document
  await pets.insertMany(pet);
}

export async function read(): Promise<void> {
  const filter: Filter<Pet> = {
    $or: [{ name: /^T/ }, { 'owner.name': 'Ada' }],
    age: { $gte: 1, $lt: 20 },
    tags: { $in: ['a'] },
    kind: { $ne: 'dog' },
    born: { $exists: true }
  };
  const found = await pets.findOne(filter);
  exactly<WithId<Pet> | null>()(found);
  const projected = await pets.findOne<Pick<Pet, 'name'>>(filter, { projection: { name: 1, _id: 0 } });
  exactly<Pick<Pet, 'name'> | null>()(projected);
  const options: FindOptions = { sort: { name: 1 }, limit: 3, skip: 1, collation: { locale: 'en' } };
  const all = await pets.find(filter, options).toArray();
  exactly<WithId<Pet>[]>()(all);
  exactly<WithId<Document> | null>()(await loose.findOne({ a: 1 }));
  exactly<number>()(await pets.countDocuments({ kind: 'cat' }, { limit: 5 }));
  exactly<number>()(await pets.estimatedDocumentCount());
  exactly<('cat' | 'dog')[]>()(await pets.distinct('kind', { age: 3 }));
  const names: string[] = await pets.distinct('owner.name');
  await pets.findOne(
    { _id: new ObjectId() },
    { readPreference: 'secondary', readConcern: 'majority', maxTimeMS: 5 }
  );
  await pets.findOne({}, { signal: new AbortController().signal });
  void names;

  // @ts-expect-error -- a value of another type
  await pets.findOne({ name: 5 });
  // @ts-expect-error -- a kind that there is not
  await pets.findOne({ kind: 'cow' });
  // @ts-expect-error -- an operator of another type
  await pets.countDocuments({ age: { $gt: 'old' } });
  // @ts-expect-error -- an option that is unknown
  await pets.find({}, { nope: 1 }).toArray();
  // @ts-expect-error -- null has no name
  void found.name;
}

export async function update(): Promise<void> {
  const change: UpdateFilter<Pet> = { $set: { age: 4 }, $push: { tags: 'a' }, $currentDate: { born: true } };
  exactly<UpdateResult<Pet>>()(await pets.updateOne({ name: 'Tom' }, change, { upsert: true }));
  await pets.updateMany({}, [{ $set: { age: { $add: ['$age', 1] } } }], { hint: { name: 1 } });
  await pets.updateOne({}, { $set: { 'tags.$[t]': 'b' } }, { arrayFilters: [{ t: 'a' }] });
  await pets.updateOne({}, { $unset: { age: true } }, { sort: { age: 1 } });
  const replacement: WithoutId<Pet> = pet;
  exactly<UpdateResult<Pet>>()(await pets.replaceOne({}, replacement));
  const options: FindOneAndUpdateOptions = { returnDocument: 'after', upsert: true };
  exactly<WithId<Pet> | null>()(await pets.findOneAndUpdate({}, change, options));
  exactly<WithId<Pet> | null>()(await pets.findOneAndReplace({}, replacement));
  exactly<WithId<Pet> | null>()(await pets.findOneAndDelete({}));
  const whole = await pets.findOneAndUpdate({}, change, { includeResultMetadata: true });
  exactly<ModifyResult<Pet>>()(whole);
  exactly<ModifyResult<Pet>>()(await pets.findOneAndDelete({}, { includeResultMetadata: true }));
  exactly<DeleteResult>()(await pets.deleteMany({ age: { $gt: 30 } }));
  exactly<DeleteResult>()(await pets.deleteOne());

  // @ts-expect-error -- an increment of a string
  await pets.updateOne({}, { $inc: { name: 1 } });
  // @ts-expect-error -- no update
  await pets.updateMany({});
  // @ts-expect-error -- not the whole document
  await pets.replaceOne({}, { name: 'Tom' });
  // @ts-expect-error -- neither before nor after
  await pets.findOneAndUpdate({}, change, { returnDocument: 'during' });
}

export async function bulk(): Promise<number> {
  const operations: AnyBulkWriteOperation<Pet>[] = [
    { insertOne: { document: pet } },
    { updateOne: { filter: { name: 'Tom' }, update: { $set: { age: 1 } }, upsert: true } },
    { deleteMany: { filter: { kind: 'dog' } } }
  ];
  try {
    const result: BulkWriteResult = await pets.bulkWrite(operations, { ordered: false });
    return result.insertedCount + result.getWriteErrors().length;
  } catch (error) {
    if (error instanceof MongoBulkWriteError) return error.result.matchedCount;
    if (error instanceof MongoServerError && error.code === 11000) return 0;
    throw error;
  }
}

export async function fluentBulk(): Promise<void> {
  const ordered = pets.initializeOrderedBulkOp({ comment: 'why' });
  ordered.insert(pet).insert(pet);
  ordered
    .find({ name: 'Tom' })
    .collation({ locale: 'en' })
    .upsert()
    .updateOne({ $set: { age: 1 } });
  ordered
    .find({})
    .arrayFilters([])
    .update({ $set: { age: 2 } });
  ordered.find({}).hint({ name: 1 }).replaceOne({}).find({}).delete();
  exactly<BulkWriteResult>()(await ordered.execute());
  const unordered = pets.initializeUnorderedBulkOp();
  exactly<number>()(unordered.raw({ deleteOne: { filter: {} } }).length);
  await unordered.execute({ writeConcern: { w: 0 } });

  // @ts-expect-error -- an option that is unknown
  await unordered.execute({ nope: 1 });
  // @ts-expect-error -- no operation
  unordered.raw({ insert: {} });
}

export async function indexes(): Promise<void> {
  exactly<string>()(
    await pets.createIndex({ name: 1, 'owner.name': -1 }, { unique: true, expireAfterSeconds: 5 })
  );
  const descriptions: IndexDescription[] = [{ key: { name: 'text' }, name: 'n' }, { key: { age: 1 } }];
  const options: CreateIndexesOptions = { commitQuorum: 'majority' };
  exactly<string[]>()(await pets.createIndexes(descriptions, options));
  exactly<boolean>()(await pets.indexExists(['n']));
  const information = await pets.indexInformation({ full: true });
  exactly<string | undefined>()(information[0]!.name);
  const brief = await pets.indexInformation();
  void brief.name?.[0]?.[1];
  const all = await pets.indexes();
  exactly<string | undefined>()(all[0]!.name);
  exactly<boolean>()(await pets.dropIndexes());
  await pets.dropIndex('n');
  await pets.createSearchIndexes([{ name: 's', definition: { mappings: { dynamic: true } } }]);
  exactly<string>()(await pets.createSearchIndex({ definition: {} }));
  await pets.updateSearchIndex('s', {});
  await pets.dropSearchIndex('s');

  // @ts-expect-error -- no direction of an index
  await pets.createIndex({ name: true });
}
