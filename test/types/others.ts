/*
 * Administration, sessions, change streams and files in every style: what must compile, and what must not. Nothing here
 * runs: the type checker is the test.
 */
import type { ChangeStreamDocument, Document, ListDatabasesResult, ObjectId } from 'mongodb';
import {
  type Admin,
  type ChangeStream,
  type ClientSession,
  type Collection,
  coroutine,
  type Db,
  type GridFSBucket,
  type GridFSBucketWriteStream,
  type MongoClient
} from '../../lib';
import { exactly } from './written-for-mongodb/exactly';

interface User {
  name: string;
}

declare const client: MongoClient;
declare const db: Db;
declare const admin: Admin;
declare const users: Collection<User>;
declare const bucket: GridFSBucket;
declare const id: ObjectId;

type Change = ChangeStreamDocument<User>;

export function given(): void {
  exactly<Admin>()(db.admin());
  exactly<ClientSession>()(client.startSession());
  exactly<GridFSBucketWriteStream>()(bucket.openUploadStream('a'));
  exactly<Db>()(users.db);
  exactly<MongoClient>()(users.db.client);
}

export function callbacks(stream: ChangeStream<User>, session: ClientSession): void {
  admin.listDatabases((_error, result) => exactly<ListDatabasesResult | undefined>()(result));
  admin.ping({}, (_error, reply) => exactly<Document | undefined>()(reply));
  db.dropCollection('a', (_error, dropped) => exactly<boolean | undefined>()(dropped));
  db.collections((_error, all) => exactly<Collection[] | undefined>()(all));
  users.rename('b', (_error, renamed) => exactly<string | undefined>()(renamed?.collectionName));
  users.isCapped((_error, capped) => exactly<boolean | undefined>()(capped));
  users.dropIndex('a', (_error, reply) => exactly<Document | undefined>()(reply));
  stream.next((_error, change) => exactly<Change | undefined>()(change));
  stream.tryNext((_error, change) => exactly<Change | null | undefined>()(change));
  stream.close(error => exactly<Error | undefined>()(error));
  session.commitTransaction(error => exactly<Error | undefined>()(error));
  session.endSession({}, error => exactly<Error | undefined>()(error));
  bucket.delete(id, error => exactly<Error | undefined>()(error));
  bucket.rename(id, 'b', error => exactly<Error | undefined>()(error));
  bucket.drop(error => exactly<Error | undefined>()(error));
  bucket.openUploadStream('a').abort(error => exactly<Error | undefined>()(error));

  // @ts-expect-error -- no name before the callback
  db.dropCollection(() => undefined);
  // @ts-expect-error -- no name before the callback
  bucket.rename(id, () => undefined);
  // @ts-expect-error -- a callback before the last place
  admin.ping(() => undefined, {});
  // @ts-expect-error -- a callback of another result
  users.isCapped((_error, _capped?: string) => undefined);
}

export const yields = coroutine(function* (stream: ChangeStream<User>, session: ClientSession) {
  exactly<ListDatabasesResult>()(yield* admin.listDatabases());
  exactly<Collection[]>()(yield* db.collections());
  exactly<boolean>()(yield* users.drop());
  exactly<Change>()(yield* stream.next());
  exactly<void>()(yield* session.endSession());
  exactly<void>()(yield* bucket.drop());
  const moved = yield* session.withTransaction(function* () {
    yield* users.insertOne({ name: 'Ada' }, { session });
    return 5;
  });
  exactly<number>()(moved);
  const found = yield* client.withSession(inside => users.findOne({}, { session: inside }));
  exactly<string | undefined>()(found?.name);
});
