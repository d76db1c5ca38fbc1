import type { Readable } from 'node:stream';
import {
  type AbstractCursor,
  type AggregateOptions,
  type AggregationCursor,
  type ChangeStream,
  type ChangeStreamDocument,
  type ChangeStreamInsertDocument,
  type Collection,
  type CollectionInfo,
  type CursorFlag,
  type Db,
  type Document,
  type FindCursor,
  type ListCollectionsCursor,
  type MongoClient,
  type ObjectId,
  type ResumeToken,
  type WithId
} from 'mongodb';
import { exactly } from './exactly';

interface Order {
  customer: string;
  total: number;
}

declare const client: MongoClient;
declare const db: Db;
declare const orders: Collection<Order>;

export async function find(): Promise<void> {
  const cursor: FindCursor<WithId<Order>> = orders.find({ total: { $gt: 5 } });
  cursor.sort({ total: -1 }).skip(1).limit(10).batchSize(5).project({ total: 1 }).hint({ total: 1 });
  cursor.sort('total', 'desc').collation({ locale: 'en' }).comment('why').maxTimeMS(5).allowDiskUse();
  const flag: CursorFlag = 'noCursorTimeout';
  cursor.addCursorFlag(flag, true).filter({ customer: 'Ada' }).min({ total: 1 }).max({ total: 9 });
  exactly<WithId<Order> | null>()(await cursor.next());
  exactly<boolean>()(await cursor.hasNext());
  const totals = await cursor.map(({ total }) => total).toArray();
  exactly<number[]>()(totals);
  const shaped = cursor.project<{ total: number }>({ total: 1 });
  exactly<{ total: number } | null>()(await shaped.next());
  for await (const order of cursor) {
    exactly<WithId<Order>>()(order);
    exactly<ObjectId>()(order._id);
  }
  await cursor.forEach(order => {
    exactly<WithId<Order>>()(order);
    return order.total < 100;
  });
  const stream: Readable = cursor.stream();
  stream.destroy();
  const copy: FindCursor<WithId<Order>> = cursor.clone();
  copy.rewind();
  await copy.close();
  const plan: Document = await orders.find().explain('executionStats');
  const [first] = await orders.find().limit(1).toArray();
  exactly<WithId<Order> | undefined>()(first);
  const everyone: AbstractCursor<WithId<Order>> = cursor;
  void [plan, everyone, cursor.closed, cursor.id, cursor.namespace.db];

  // @ts-expect-error -- no such direction
  cursor.sort({ total: 'sideways' });
  // @ts-expect-error -- a number of documents is a number
  cursor.limit('ten');
  // @ts-expect-error -- no such flag
  cursor.addCursorFlag('odd', true);
  // @ts-expect-error -- no transformation
  cursor.map();
}

export async function aggregate(): Promise<void> {
  const options: AggregateOptions = { allowDiskUse: true, cursor: { batchSize: 5 }, let: { a: 1 } };
  const cursor: AggregationCursor<{ _id: string; sum: number }> = orders.aggregate([{ $match: {} }], options);
  exactly<{ _id: string; sum: number } | null>()(await cursor.next());
  const built = orders
    .aggregate()
    .match({ total: 5 })
    .group<{ _id: string }>({ _id: '$customer' })
    .sort({ _id: 1 })
    .limit(5);
  exactly<{ _id: string }[]>()(await built.toArray());
  exactly<Document[]>()(await orders.aggregate([]).toArray());
  const sums = orders.aggregate<{ sum: number }>([]).map(({ sum }) => sum);
  exactly<number | null>()(await sums.tryNext());
  const admin: Document[] = await db.aggregate([{ $currentOp: {} }]).toArray();
  const plan = await orders.aggregate([]).explain();
  void [admin, plan];

  // @ts-expect-error -- a pipeline is a list
  orders.aggregate({ $match: {} });
}

export async function lists(): Promise<void> {
  const collections: ListCollectionsCursor = db.listCollections(
    { name: 'a' },
    { authorizedCollections: true }
  );
  const info = await collections.next();
  exactly<string | undefined>()(info?.name);
  const names = await db.listCollections({}, { nameOnly: true }).toArray();
  exactly<Pick<CollectionInfo, 'name' | 'type'>[]>()(names);
  for await (const index of orders.listIndexes({ batchSize: 2 })) void index.name;
  for await (const index of orders.listSearchIndexes('a')) void index.name;
  const command = db.runCursorCommand({ checkMetadataConsistency: 1 });
  await command.setBatchSize(3).setComment('why').toArray();
}

export async function changes(): Promise<void> {
  const stream: ChangeStream<Order> = orders.watch([{ $match: { operationType: 'insert' } }], {
    fullDocument: 'updateLookup',
    startAfter: {},
    maxAwaitTimeMS: 5
  });
  const change = await stream.next();
  exactly<ChangeStreamDocument<Order>>()(change);
  if (change.operationType === 'insert') exactly<Order>()(change.fullDocument);
  if (change.operationType === 'update') void change.updateDescription.updatedFields?.total;
  stream.on('change', event => exactly<ChangeStreamDocument<Order>>()(event));
  stream.once('error', error => exactly<Error>()(error));
  stream.on('resumeTokenChanged', token => exactly<ResumeToken>()(token));
  for await (const each of stream) exactly<ChangeStreamDocument<Order>>()(each);
  const narrowed = orders.watch<Order, ChangeStreamInsertDocument<Order>>();
  exactly<ChangeStreamInsertDocument<Order> | null>()(await narrowed.tryNext());
  const token: ResumeToken = narrowed.resumeToken;
  await narrowed.close();
  const wide: ChangeStream[] = [db.watch(), client.watch()];
  void [token, wide, stream.closed];

  // @ts-expect-error -- a pipeline is a list
  orders.watch({ $match: {} });
}
