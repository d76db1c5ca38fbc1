/*
 * What must compile of sessions, change streams, GridFS and encryption, and what must not. Nothing here runs: the type
 * checker is the test.
 */
import type * as driver from 'mongodb';
import {
  type Callback,
  type ChangeStream,
  type ClientEncryption,
  type ClientSession,
  type Collection,
  coroutine,
  type FindCursor,
  type Future,
  type GridFSBucket,
  type GridFSBucketWriteStream,
  type MongoClient,
  MotorClient,
  type MotorCollection,
  type MotorCursor
} from '../../lib';

declare const client: MongoClient;
declare const session: ClientSession;
declare const bucket: GridFSBucket;
declare const encryption: ClientEncryption;
declare const users: Collection<{ name: string }>;
declare function is<T>(value: T): void;

export async function bodies(): Promise<void> {
  is<Promise<number>>(session.withTransaction(async ({ id }) => (id ? 5 : 6)));
  is<Future<number>>(session.withTransaction(session => session.endSession().then(() => 5)));
  is<Future<string>>(
    session.withTransaction(function* (session) {
      yield* session.endSession();
      return 'given';
    })
  );
  is<Future<number>>(session.withTransaction((_session, done: Callback<number>) => done(undefined, 5), {}));
  session.withTransaction(
    (session, done) => users.insertOne({ name: 'Ada' }, { session }, done),
    (_error, result) => void result
  );
  session.withTransaction(
    async () => 5,
    { readConcern: 'local' },
    (_error, result) => is<number | undefined>(result)
  );
  is<Future<number>>(client.withSession(async session => is<ClientSession>(session) ?? 5));
  is<Future<number>>(client.withSession({ snapshot: true }, async () => 5));
  is<Future<number>>(client.withSession({}, (_session, done: Callback<number>) => done(undefined, 5)));
  client.withSession(
    {},
    (_session, done: Callback<number>) => done(undefined, 5),
    (_error, result) => is<number | undefined>(result)
  );
  client.withSession(
    async () => 5,
    (_error, result) => is<number | undefined>(result)
  );

  // @ts-expect-error -- no promise, no generator, no callback
  await session.withTransaction(() => 5);
  // @ts-expect-error -- a promise that is not returned
  await session.withTransaction(session => {
    void session.endSession();
  });
  // @ts-expect-error -- no function
  await session.withTransaction('body');
  // @ts-expect-error -- no body
  await client.withSession();
  // @ts-expect-error -- a result of another type
  is<Future<string>>(session.withTransaction(async () => 5));
}

export async function streams(): Promise<void> {
  const stream: ChangeStream<{ name: string }> = users.watch();
  const change = await stream.next();
  if (change.operationType === 'insert') is<string>(change.fullDocument.name);
  stream.next((_error, next) => void next?._id);
  stream.tryNext((_error, next) =>
    is<driver.ChangeStreamDocument<{ name: string }> | null | undefined>(next)
  );
  for await (const { _id } of stream) void _id;
  await using used = client.watch([], { maxAwaitTimeMS: 5 });
  await using also = client.startSession();
  is<driver.ChangeStream>(used);
  is<driver.ClientSession>(also);
  // @ts-expect-error -- it takes no arguments
  await stream.next(5);
}

export function files(id: driver.ObjectId): void {
  is<FindCursor<driver.GridFSFile>>(bucket.find());
  bucket.delete(id, error => is<Error | undefined>(error));
  const upload: GridFSBucketWriteStream = bucket.openUploadStream('film');
  upload.abort(error => is<Error | undefined>(error));
  is<Future<void>>(bucket.openDownloadStreamByName('film').abort());
  is<driver.GridFSBucket>(bucket);
  // @ts-expect-error -- a name is missing
  void bucket.rename(id);
}

export async function encrypted(value: driver.Binary): Promise<void> {
  is<number>(await encryption.decrypt<number>(value));
  encryption.encrypt(1, { algorithm: 'Indexed' }, (_error, secret) => is<driver.Binary | undefined>(secret));
  is<driver.ClientEncryption>(encryption);
  // @ts-expect-error -- how to encrypt is missing
  await encryption.encrypt(1);
}

export const yields = coroutine(function* () {
  const stream = client.db().watch();
  if (yield* stream.hasNext()) yield* stream.next();
  yield* stream[Symbol.asyncDispose]();
  return yield* session.withTransaction(async () => 5);
});
is<() => Future<number>>(yields);

export function aliases(cursor: MotorCursor<string>): void {
  is<FindCursor<string>>(cursor);
  is<MongoClient>(new MotorClient('mongodb://localhost'));
  is<typeof MongoClient>(MotorClient);
  is<MotorCollection<{ name: string }>>(users);
}
