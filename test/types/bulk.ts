/*
 * Bulk writes in every style: what must compile, and what must not. Nothing here runs: the type checker is the test.
 */
import type { BulkWriteResult, ClientBulkWriteResult, InsertManyResult } from 'mongodb';
import {
  coroutine,
  type Collection,
  type MongoClient,
  type OrderedBulkOperation,
  type UnorderedBulkOperation
} from '../../lib';
import { exactly } from './written-for-mongodb/exactly';

interface User {
  name: string;
}

declare const client: MongoClient;
declare const users: Collection<User>;
declare const ordered: OrderedBulkOperation;
declare const unordered: UnorderedBulkOperation;

export async function promises(): Promise<void> {
  exactly<BulkWriteResult>()(await ordered.insert({}).find({}).upsert().updateOne({}).execute());
  exactly<OrderedBulkOperation>()(ordered.find({}).hint('a').collation({ locale: 'en' }).delete());
  exactly<UnorderedBulkOperation>()(unordered.insert({}).find({}).arrayFilters([]).update({}));
  exactly<OrderedBulkOperation>()(users.initializeOrderedBulkOp());
  exactly<UnorderedBulkOperation>()(users.initializeUnorderedBulkOp());
}

export function callbacks(): void {
  unordered.execute((error, result) => {
    exactly<Error | undefined>()(error);
    exactly<BulkWriteResult | undefined>()(result);
  });
  ordered
    .find({})
    .deleteOne()
    .execute({ comment: 1 }, (_error, result) => void result?.deletedCount);
  users.insertMany([{ name: 'Ada' }], (_error, result) =>
    exactly<InsertManyResult<User> | undefined>()(result)
  );
  users.bulkWrite([{ deleteOne: { filter: { name: 'Ada' } } }], { ordered: false }, (_error, result) =>
    exactly<BulkWriteResult | undefined>()(result)
  );
  client.bulkWrite([{ namespace: 'a.b', name: 'deleteOne', filter: {} }], (_error, result) =>
    exactly<ClientBulkWriteResult | undefined>()(result)
  );
  client.bulkWrite([], undefined, (_error, result) => exactly<ClientBulkWriteResult | undefined>()(result));

  // @ts-expect-error -- a callback before the last place
  ordered.execute(() => undefined, {});
  // @ts-expect-error -- a callback of another result
  ordered.execute((_error, _result?: number) => undefined);
  // @ts-expect-error -- no operations before the callback
  users.bulkWrite(() => undefined);
  // @ts-expect-error -- a callback before the last place
  users.insertMany(() => undefined, [{ name: 'Ada' }]);
  // @ts-expect-error -- documents of another schema
  users.insertMany([{ title: 'Ada' }], () => undefined);
  // @ts-expect-error -- no models before the callback
  client.bulkWrite(() => undefined);
}

export const yields = coroutine(function* () {
  exactly<BulkWriteResult>()(yield* ordered.execute());
  exactly<InsertManyResult<User>>()(yield* users.insertMany([{ name: 'Ada' }]));
  exactly<BulkWriteResult>()(yield* users.bulkWrite([]));
  exactly<ClientBulkWriteResult>()(yield* client.bulkWrite([]));
});
