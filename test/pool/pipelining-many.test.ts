import { expect } from 'chai';
import type { Document } from 'mongodb';
import { atRest, poolOf } from '../support/pool-counts';
import { MongoClient } from '../support/motor';
import { sharedServer } from '../support/server';
import { type Call, styles } from '../support/styles';

const CALLERS = 1000;

type Task = (call: Call, users: object, id: number) => Promise<void>;

/** What a caller does with the document that is his alone, and what it must give. */
const tasks: Task[] = [
  async (call, users, _id) => {
    expect(await call(users, 'findOne', { _id })).to.deep.equal({ _id, of: _id % 10 });
  },
  async (call, users, id) => {
    const _id = CALLERS + id;
    expect(await call(users, 'insertOne', { _id, of: -1 })).to.deep.equal({
      acknowledged: true,
      insertedId: _id
    });
  },
  async (call, users, _id) => {
    const update = { $set: { of: -2 } };
    expect(await call(users, 'updateOne', { _id }, update)).to.include({ matchedCount: 1, modifiedCount: 1 });
  },
  async (call, users, _id) => {
    expect(await call(users, 'deleteOne', { _id })).to.include({ deletedCount: 1 });
  },
  async (call, users, _id) => {
    expect(await call(users, 'countDocuments', { _id: { $lte: _id, $gt: _id - 1 } })).to.equal(1);
  },
  async (call, users, _id) => {
    expect(await call(users, 'distinct', 'of', { _id })).to.deep.equal([_id % 10]);
  },
  async (call, users, _id) => {
    const after = { returnDocument: 'after' };
    const found = await call(users, 'findOneAndUpdate', { _id }, { $set: { of: -3 } }, after);
    expect(found).to.deep.equal({ _id, of: -3 });
  },
  async (call, users, _id) => {
    const cursor = (users as { aggregate(pipeline: Document[]): object }).aggregate([
      { $match: { _id } },
      { $project: { twice: { $add: ['$of', '$of'] } } }
    ]);
    expect(await call(cursor, 'toArray')).to.deep.equal([{ _id, twice: 2 * (_id % 10) }]);
  },
  async (call, users, _id) => {
    const cursor = (users as { find(filter: Document, options: Document): object }).find(
      { _id: { $in: [_id] } },
      { batchSize: 2 }
    );
    expect(await call(cursor, 'toArray')).to.deep.equal([{ _id, of: _id % 10 }]);
  },
  async (call, users, _id) => {
    const duplicate = call(users, 'insertOne', { _id }).then(
      () => undefined,
      (error: { code?: number }) => error.code
    );
    expect(await duplicate).to.equal(11_000);
  }
];

describe('a thousand callers on pipelined connections', function () {
  this.timeout(60_000);

  for (const [style, call] of Object.entries(styles)) {
    for (const maxPoolSize of [1, 4, 8]) {
      it(`have each the answer to their own question (${style}, ${maxPoolSize} connections)`, async () => {
        const client = new MongoClient((await sharedServer()).uri, { maxPoolSize, pipelining: 16 });
        const users = client.db('motor_pipelining').collection<Document>(`users_${style}_${maxPoolSize}`);
        try {
          await users.drop();
          await users.insertMany(
            Array.from({ length: CALLERS }, (_, _id) => ({ _id: _id as never, of: _id % 10 }))
          );
          const callers = Array.from({ length: CALLERS }, (_, id) =>
            tasks[id % tasks.length]!(call, users, id)
          );
          await Promise.all(callers);
          expect(atRest(client)).to.equal(true);
          expect(poolOf(client).totalConnectionCount).to.equal(maxPoolSize);
          const each = CALLERS / tasks.length;
          expect(await users.countDocuments({})).to.equal(CALLERS);
          for (const of of [-1, -2, -3]) expect(await users.countDocuments({ of })).to.equal(each);
          expect(await users.countDocuments({ of: 3 })).to.equal(0);
        } finally {
          await users.drop();
          await client.close();
        }
      });
    }
  }
});
