/*
 * What must compile, and what must not. Nothing here runs: the type checker is the test.
 */
import type { DeleteResult, InsertOneResult, ModifyResult, ObjectId, UpdateResult, WithId } from 'mongodb';
import { coroutine, type Collection, type Db, type Future, type MongoClient } from '../../lib';
import { exactly } from './written-for-mongodb/exactly';

interface User {
  name: string;
  age: number;
}

declare const client: MongoClient;
declare const db: Db;
declare const users: Collection<User>;

type Found = WithId<User> | null;

export async function promises(): Promise<void> {
  const found = await users.findOne({ name: 'Ada' });
  exactly<Found>()(found);
  const other = await users.findOne<{ a: 1 }>({});
  exactly<{ a: 1 } | null>()(other);
  const inserted = await users.insertOne({ name: 'Ada', age: 36 });
  exactly<InsertOneResult<User>>()(inserted);
  const updated = await users.updateOne({}, { $inc: { age: 1 } });
  exactly<UpdateResult<User>>()(updated);
  const deleted = await users.deleteMany();
  exactly<DeleteResult>()(deleted);
  const plain = await users.findOneAndUpdate({}, { $inc: { age: 1 } });
  exactly<Found>()(plain);
  const whole = await users.findOneAndUpdate({}, { $inc: { age: 1 } }, { includeResultMetadata: true });
  exactly<ModifyResult<User>>()(whole);
  const gone = await users.findOneAndDelete({}, { includeResultMetadata: true });
  exactly<ModifyResult<User>>()(gone);
  const ages = await users.distinct('age');
  exactly<number[]>()(ages);
  const all = await users.find().toArray();
  exactly<WithId<User>[]>()(all);
  const names = await users
    .find()
    .map(({ name }) => name)
    .toArray();
  exactly<string[]>()(names);
  const shaped = await users.aggregate<{ total: number }>([]).next();
  exactly<{ total: number } | null>()(shaped);
  const connected = await client.connect();
  exactly<MongoClient>()(connected);
  const made = await db.createCollection<User>('users');
  exactly<Collection<User>>()(made);
  for await (const { _id, age } of users.find()) {
    exactly<ObjectId>()(_id);
    exactly<number>()(age);
  }

  // @ts-expect-error -- a field that the schema has not
  await users.insertOne({ name: 'Ada', age: 36, shoes: 2 });
  // @ts-expect-error -- a value of another type
  await users.insertOne({ name: 'Ada', age: 'old' });
  // @ts-expect-error -- a field is missing
  await users.insertOne({ name: 'Ada' });
  // @ts-expect-error -- an increment of a string
  await users.updateOne({}, { $inc: { name: 1 } });
  // @ts-expect-error -- no update
  await users.updateOne({});
  // @ts-expect-error -- an option that is unknown
  await users.findOne({}, { nope: true });
  // @ts-expect-error -- a document may be missing
  exactly<WithId<User>>()(found);
}

export function callbacks(): void {
  users.findOne({ name: 'Ada' }, (error, found) => {
    exactly<Error | undefined>()(error);
    exactly<Found | undefined>()(found);
  });
  users.findOne((_error, found) => exactly<Found | undefined>()(found));
  users.findOne({}, {}, (_error, found) => exactly<Found | undefined>()(found));
  users.findOne({}, undefined, (_error, found) => exactly<Found | undefined>()(found));
  users.insertOne({ name: 'Ada', age: 36 }, (_error, result) =>
    exactly<InsertOneResult<User> | undefined>()(result)
  );
  users.countDocuments((_error, count) => exactly<number | undefined>()(count));
  users.findOneAndUpdate({}, { $inc: { age: 1 } }, (_error, found) => exactly<Found | undefined>()(found));
  users.findOneAndUpdate({}, { $inc: { age: 1 } }, { includeResultMetadata: true }, (_error, result) =>
    exactly<ModifyResult<User> | undefined>()(result)
  );
  users.distinct('age', (_error, ages) => exactly<number[] | undefined>()(ages));
  users.find().next((_error, found) => exactly<Found | undefined>()(found));
  users.find().toArray((_error, all) => exactly<WithId<User>[] | undefined>()(all));
  users.find().forEach(
    user => exactly<WithId<User>>()(user),
    error => exactly<Error | undefined>()(error)
  );
  db.command({ ping: 1 }, (_error, reply) => void reply?.ok);
  client.connect((_error, connected) => exactly<MongoClient | undefined>()(connected));
  client.close(error => exactly<Error | undefined>()(error));
  const nothing = users.findOne({}, () => {});
  exactly<void>()(nothing);

  // @ts-expect-error -- a callback gets no third argument
  users.findOne({}, (_error, _found, _more) => {});
  // @ts-expect-error -- a call with a callback gives no future
  users.findOne({}, () => {}).then();
  // @ts-expect-error -- a callback that takes a document of another type
  users.findOne({}, (_error, _found?: string | null) => {});
  // @ts-expect-error -- no key before the callback
  users.distinct(() => {});
}

export const yields = coroutine(function* (name: string) {
  const found = yield* users.findOne({ name });
  exactly<Found>()(found);
  const result = yield* users.insertOne({ name, age: 1 });
  exactly<InsertOneResult<User>>()(result);
  for (const user of yield* users.find().toArray()) exactly<WithId<User>>()(user);
  const whole = yield* users.findOneAndUpdate({}, { $inc: { age: 1 } }, { includeResultMetadata: true });
  exactly<ModifyResult<User>>()(whole);
  const count = yield* users.countDocuments();
  // @ts-expect-error -- a number has no name
  void count.name;
  return count;
});

export async function coroutines(): Promise<void> {
  const made = yields('Ada');
  exactly<Future<number>>()(made);
  const count = await made;
  exactly<number>()(count);
  // @ts-expect-error -- an argument is missing
  await yields();
  // @ts-expect-error -- an argument of another type
  await yields(5);
  // @ts-expect-error -- no generator function
  coroutine(() => 5);
}
