/*
 * Cursors, administration and indexes: what must compile, and what must not. Nothing here runs: the type checker is
 * the test.
 */
import type * as driver from 'mongodb';
import type {
  CollectionInfo,
  Document,
  IndexDescriptionCompact,
  IndexDescriptionInfo,
  WithId
} from 'mongodb';
import * as motor from '../../lib';
import { exactly } from './written-for-mongodb/exactly';

interface User {
  name: string;
  age: number;
}
type Brief = Pick<CollectionInfo, 'name' | 'type'>;

declare const db: motor.Db;
declare const users: motor.Collection<User>;

export async function chains(): Promise<void> {
  exactly<motor.FindCursor<WithId<User>>>()(users.find().sort({ age: 1 }).limit(5).clone());
  exactly<motor.FindCursor<{ age: number }>>()(users.find().project<{ age: number }>({ age: 1 }));
  exactly<motor.FindCursor<string>>()(users.find().map(({ name }) => name));
  exactly<motor.AggregationCursor<{ total: number }>>()(users.aggregate().group<{ total: number }>({}));
  exactly<motor.AggregationCursor<number>>()(users.aggregate<User>([]).map(({ age }) => age));
  exactly<motor.Future<number | null>>()(
    users
      .aggregate<User>()
      .match({})
      .map(({ age }) => age)
      .next()
  );
  users
    .find()
    .project({ age: 1 })
    .toArray((_error, all) => exactly<Document[] | undefined>()(all));
  exactly<motor.Future<Document>>()(users.find().explain());
  exactly<motor.Future<Document>>()(users.aggregate().explain('queryPlanner', { timeoutMS: 5 }));
  users.find().explain('queryPlanner', (_error, plan) => exactly<Document | undefined>()(plan));
  users.find().count((_error, count) => exactly<number | undefined>()(count));
  for await (const name of users.find().map(each => each.name)) exactly<string>()(name);
  exactly<'close'>()(motor.FindCursor.CLOSE);

  // @ts-expect-error -- no verbosity
  users.find().explain(5);
  // @ts-expect-error -- next takes a callback only
  users.find().next(5);
  // @ts-expect-error -- a sort is not for the server of listCollections
  db.listCollections().sort({ name: 1 });
  // @ts-expect-error -- nor has it a plan
  db.listCollections().explain();
}

export async function lists(): Promise<void> {
  exactly<motor.ListCollectionsCursor<Brief | CollectionInfo>>()(db.listCollections());
  exactly<motor.ListCollectionsCursor<Brief>>()(db.listCollections({}, { nameOnly: true }));
  exactly<motor.ListCollectionsCursor<CollectionInfo>>()(db.listCollections({}, { nameOnly: false }));
  exactly<(Brief | CollectionInfo)[]>()(await db.listCollections().toArray());
  const names = db.listCollections().map(({ name }) => name);
  names.toArray((_error, all) => exactly<string[] | undefined>()(all));
  const abstract: driver.AbstractCursor<string> = names;
  exactly<motor.ListIndexesCursor>()(users.listIndexes().clone());
  exactly<{ name: string } | null>()(await users.listSearchIndexes('one').next());
  exactly<motor.RunCommandCursor>()(db.runCursorCommand({ find: 'users' }).setBatchSize(5));
  const theirs: [driver.ListCollectionsCursor, driver.ListIndexesCursor, driver.RunCommandCursor] = [
    db.listCollections(),
    users.listIndexes(),
    db.runCursorCommand({})
  ];
  const search: driver.ListSearchIndexesCursor = users.listSearchIndexes({ batchSize: 5 });
  void [abstract, theirs, search];

  // @ts-expect-error -- no name
  users.listSearchIndexes(5);
  // @ts-expect-error -- an option that is unknown
  db.listCollections({}, { nope: true });
}

export async function indexes(full: boolean): Promise<void> {
  exactly<IndexDescriptionInfo[]>()(await users.indexes());
  exactly<IndexDescriptionInfo[]>()(await users.indexes({ full: true }));
  exactly<IndexDescriptionCompact>()(await users.indexes({ full: false }));
  exactly<IndexDescriptionCompact | IndexDescriptionInfo[]>()(await users.indexes({ full }));
  exactly<IndexDescriptionCompact>()(await users.indexInformation());
  exactly<IndexDescriptionInfo[]>()(await users.indexInformation({ full: true }));
  exactly<IndexDescriptionCompact>()(await db.indexInformation('users'));
  exactly<IndexDescriptionInfo[]>()(await db.indexInformation('users', { full: true }));
  users.indexes((_error, all) => exactly<IndexDescriptionInfo[] | undefined>()(all));
  users.indexes({ full: false }, (_error, fields) => exactly<IndexDescriptionCompact | undefined>()(fields));
  db.indexInformation('users', (_error, fields) => exactly<IndexDescriptionCompact | undefined>()(fields));
  exactly<string>()(await users.createSearchIndex({ definition: {} }));
  exactly<string[]>()(await users.createSearchIndexes([{ name: 'one', definition: {} }]));
  exactly<motor.Future<void>>()(users.updateSearchIndex('one', {}));
  users.dropSearchIndex('one', error => exactly<Error | undefined>()(error));

  // @ts-expect-error -- no definition
  await users.createSearchIndex({ name: 'one' });
  // @ts-expect-error -- no name
  await db.indexInformation();
}

export const administration = motor.coroutine(function* () {
  const admin = new motor.Admin(db);
  exactly<motor.Admin>()(db.admin());
  const theirs: driver.Admin = admin;
  exactly<Document>()(yield* admin.ping());
  exactly<driver.ListDatabasesResult>()(yield* admin.listDatabases({ nameOnly: true }));
  admin.serverStatus((_error, status) => exactly<Document | undefined>()(status));
  admin.removeUser('Ada', (_error, removed) => exactly<boolean | undefined>()(removed));

  // @ts-expect-error -- no collection
  yield* admin.validateCollection();
  return theirs;
});
