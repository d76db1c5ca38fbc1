import {
  type Admin,
  type BSONSerializeOptions,
  type ClientBulkWriteModel,
  type ClientBulkWriteResult,
  type ClientSession,
  type Collection,
  type CommandStartedEvent,
  Db,
  type DbOptions,
  type Document,
  Double,
  GridFSBucket,
  type GridFSBucketReadStream,
  type GridFSBucketWriteStream,
  type GridFSFile,
  Long,
  MongoClient,
  type MongoClientOptions,
  MongoError,
  type MongoErrorLabel,
  MongoNetworkError,
  MongoServerSelectionError,
  ObjectId,
  ReadConcern,
  ReadPreference,
  ServerApiVersion,
  type ServerHeartbeatFailedEvent,
  type TransactionOptions,
  WriteConcern
} from 'mongodb';
import { exactly } from './exactly';

interface Account {
  owner: string;
  balance: number;
}

const options: MongoClientOptions = {
  maxPoolSize: 5,
  readPreference: ReadPreference.SECONDARY_PREFERRED,
  writeConcern: new WriteConcern('majority'),
  serverApi: { version: ServerApiVersion.v1, strict: true },
  auth: { username: 'a', password: 'b' },
  compressors: ['zlib'],
  monitorCommands: true,
  tls: true
};

export async function connect(url: string): Promise<Db> {
  const client: MongoClient = new MongoClient(url, options);
  exactly<MongoClient>()(await client.connect());
  exactly<MongoClient>()(await MongoClient.connect(url, options));
  client.on('commandStarted', event => exactly<CommandStartedEvent>()(event));
  client.on('serverHeartbeatFailed', event => exactly<ServerHeartbeatFailedEvent>()(event));
  client.once('close', () => undefined).removeAllListeners('open');
  const db: Db = client.db('shop', { readConcern: new ReadConcern('majority') });
  const bson: BSONSerializeOptions = client.bsonOptions;
  void [bson, client.options.hosts[0]?.host, client.readPreference.mode, client.writeConcern?.w];
  await client.close();
  await client.close(true);
  return db;
}

export function connectWrong(url: string): void {
  // @ts-expect-error -- an option that is unknown
  new MongoClient(url, { nope: 1 });
  // @ts-expect-error -- a value of another type
  new MongoClient(url, { maxPoolSize: 'many' });
  // @ts-expect-error -- a URL is missing
  new MongoClient();
}

export async function databases(client: MongoClient): Promise<void> {
  const db = client.db();
  const accounts: Collection<Account> = db.collection<Account>('accounts');
  const untyped: Collection = db.collection('untyped', { readPreference: 'nearest' });
  exactly<Collection<Account>>()(await db.createCollection<Account>('accounts', { capped: true, size: 5 }));
  exactly<Collection<Document>[]>()(await db.collections());
  exactly<Document>()(await db.command({ ping: 1 }, { readPreference: 'primary' }));
  exactly<boolean>()(await db.dropCollection('accounts'));
  exactly<boolean>()(await accounts.drop());
  await accounts.rename('others', { dropTarget: true });
  await db.renameCollection('a', 'b');
  const admin: Admin = db.admin();
  const { databases: all, totalSize } = await admin.listDatabases();
  exactly<string | undefined>()(all[0]?.name);
  exactly<number | undefined>()(totalSize);
  await admin.ping();
  await admin.serverStatus();
  await admin.validateCollection('accounts', { background: true });
  const made: Db = new Db(client, 'shop', { retryWrites: true } satisfies DbOptions);
  exactly<Document>()(await made.stats({ scale: 1024 }));
  const { name, ...rest } = { name: untyped.collectionName, space: untyped.namespace, hint: untyped.hint };
  void [name, rest, db.databaseName, accounts.dbName];

  // @ts-expect-error -- no name
  db.collection();
  // @ts-expect-error -- an option that is unknown
  await db.createCollection('a', { caped: true });
  // @ts-expect-error -- no command
  await db.command();
}

export async function transfer(client: MongoClient, amount: number): Promise<number> {
  const accounts = client.db().collection<Account>('accounts');
  const session: ClientSession = client.startSession({
    causalConsistency: false,
    defaultTransactionOptions: {}
  });
  const transaction: TransactionOptions = { readConcern: 'snapshot', writeConcern: { w: 'majority' } };
  try {
    const moved = await session.withTransaction(async within => {
      exactly<ClientSession>()(within);
      await accounts.updateOne({ owner: 'a' }, { $inc: { balance: -amount } }, { session });
      return amount;
    }, transaction);
    exactly<number>()(moved);
    session.startTransaction(transaction);
    if (session.inTransaction()) await session.commitTransaction();
    await session.abortTransaction();
  } catch (error) {
    const label: keyof typeof MongoErrorLabel = 'TransientTransactionError';
    if (error instanceof MongoError && error.hasErrorLabel(label)) return 0;
    if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return -1;
    throw error;
  } finally {
    await session.endSession();
  }
  const found = await client.withSession({ snapshot: true }, async inside => {
    const account = await accounts.findOne({}, { session: inside });
    return account?.balance ?? 0;
  });
  exactly<number>()(found);
  await client.withSession(inside => inside.withTransaction(async () => undefined));
  await using disposable = client.startSession();
  void disposable.id;
  return found;
}

export async function files(db: Db): Promise<void> {
  const bucket: GridFSBucket = new GridFSBucket(db, { bucketName: 'files', chunkSizeBytes: 1024 });
  const upload: GridFSBucketWriteStream = bucket.openUploadStream('a.txt', { metadata: { a: 1 } });
  upload.on('finish', () => exactly<ObjectId>()(upload.id));
  upload.write('text');
  upload.end(Buffer.from('more'));
  const download: GridFSBucketReadStream = bucket.openDownloadStream(upload.id, { start: 0, end: 5 });
  download.on('file', (file: GridFSFile) => exactly<number>()(file.length));
  for await (const chunk of download) void chunk;
  const [found] = await bucket.find({ filename: 'a.txt' }, { sort: { uploadDate: -1 } }).toArray();
  exactly<GridFSFile | undefined>()(found);
  await bucket.rename(upload.id, 'b.txt');
  await bucket.delete(upload.id);
  await bucket.drop();
  await upload.abort();
  bucket
    .openDownloadStreamByName('a.txt', { revision: -1 })
    .pipe(bucket.openUploadStreamWithId(new ObjectId(), 'c'));

  // @ts-expect-error -- no name
  bucket.openUploadStream();
}

export async function writeEverywhere(client: MongoClient): Promise<void> {
  const models: ClientBulkWriteModel<{ 'shop.accounts': Account }>[] = [
    { namespace: 'shop.accounts', name: 'insertOne', document: { owner: 'a', balance: 1 } },
    { namespace: 'shop.accounts', name: 'updateMany', filter: {}, update: { $inc: { balance: 1 } } }
  ];
  const result: ClientBulkWriteResult = await client.bulkWrite<{ 'shop.accounts': Account }>(models, {
    verboseResults: true
  });
  exactly<number>()(result.insertedCount);
  await client.bulkWrite([
    { namespace: 'a.b', name: 'deleteOne', filter: { x: new Double(1), y: Long.ONE } }
  ]);

  // @ts-expect-error -- no such kind of write
  await client.bulkWrite([{ namespace: 'a.b', name: 'upsertOne', filter: {} }]);
}
