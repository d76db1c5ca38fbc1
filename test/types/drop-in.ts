/*
 * Code that was written for the driver's types takes what this library makes. Nothing here runs: the type checker is
 * the test.
 */
import type * as driver from 'mongodb';
import * as motor from '../../lib';

interface User {
  name: string;
}

declare const client: motor.MongoClient;
declare const db: motor.Db;
declare const users: motor.Collection<User>;
declare const theirs: { client: driver.MongoClient; db: driver.Db; users: driver.Collection<User> };

/** A repository as people have them. */
class Users {
  constructor(private readonly collection: driver.Collection<User>) {}

  async rename(name: string, to: string): Promise<number> {
    const { modifiedCount } = await this.collection.updateOne({ name }, { $set: { name: to } });
    return modifiedCount;
  }

  async all(): Promise<string[]> {
    const cursor: driver.FindCursor<driver.WithId<User>> = this.collection.find();
    const found: driver.WithId<User>[] = await cursor.toArray();
    return found.map(({ name }) => name);
  }
}

async function transfer(connected: driver.MongoClient, session: driver.ClientSession): Promise<void> {
  await session.withTransaction(() => connected.db('shop').collection('users').insertOne({}, { session }));
}

export async function assignable(): Promise<void> {
  const asTheirs: [driver.MongoClient, driver.Db, driver.Collection<User>] = [client, db, users];
  const cursors: [driver.FindCursor<driver.WithId<User>>, driver.AggregationCursor] = [
    users.find(),
    users.aggregate([])
  ];
  const abstract: driver.AbstractCursor[] = cursors;
  const repository = new Users(users);
  await repository.rename('Ada', (await repository.all())[0] ?? '');
  await client.withSession(session => transfer(client, session));
  const promised: Promise<driver.WithId<User> | null> = users.findOne();
  const { then } = promised;
  void [asTheirs, abstract, then];

  // @ts-expect-error -- the driver's collection has no callbacks
  theirs.users.findOne({}, () => {});
  // @ts-expect-error -- nor is its promise to be delegated to
  void theirs.users.findOne({})[Symbol.iterator];
  // @ts-expect-error -- so the driver's client is not ours
  const wrong: motor.MongoClient = theirs.client;
  // @ts-expect-error -- nor its collection
  const neither: motor.Collection<User> = theirs.users;
  void [wrong, neither];
}

export function imported(): void {
  const id: motor.ObjectId = new motor.ObjectId();
  const sameId: driver.ObjectId = id;
  const filter: motor.Filter<User> = { name: /a/ };
  const options: motor.MongoClientOptions = { maxPoolSize: 5, callerStack: false };
  const error: driver.MongoError = new motor.MongoServerError({ message: 'x' });
  const made: motor.Collection<User> = new motor.MongoClient('mongodb://localhost', options)
    .db()
    .collection<User>('users');
  void [sameId, filter, error, made, users.find(filter)];

  // @ts-expect-error -- a value of another type
  const bad: motor.MongoClientOptions = { callerStack: 'no' };
  // @ts-expect-error -- an option that is unknown
  const unknown: motor.MongoClientOptions = { nope: 1 };
  void [bad, unknown];
}
