import { expect } from 'chai';
import { AbstractCursor } from 'mongodb';
import type { Collection } from '../../lib';
import { failure } from '../support/bounds';
import { countCalls, putInPlaceOf } from '../support/in-its-place';
import { sharedServer } from '../support/server';
import { useStage } from '../support/stage';

describe("a cursor with a method in the place of one of the driver's", () => {
  const stage = useStage();
  let users: Collection;
  beforeEach(async () => {
    const client = stage.client((await sharedServer()).uri);
    const db = client.db('motor_replaced');
    stage.after(() => db.dropDatabase());
    users = db.collection('users') as Collection;
    await users.insertMany(Array.from({ length: 8 }, (_, _id) => ({ _id }) as object));
  });

  function counted(name: string): () => number {
    const { count, restore } = countCalls(AbstractCursor.prototype, name);
    stage.after(restore);
    return count;
  }

  it('calls next once for each batch of an array, and once more at its end', async () => {
    const nexts = counted('next');
    expect(await users.find({}, { batchSize: 4 }).toArray()).to.have.length(8);
    expect(nexts()).to.equal(3);
  });

  it('calls getMore of the base class for every batch but the first', async () => {
    const batches = counted('getMore');
    expect(await users.find({}, { batchSize: 4 }).toArray()).to.have.length(8);
    expect(await users.aggregate([], { batchSize: 4 }).toArray()).to.have.length(8);
    expect(batches()).to.equal(4);
  });

  it('is read to its limit through methods that call those which were there', async () => {
    const cursor = users.find({}, { batchSize: 2, limit: 5 }).sort({ _id: 1 });
    const [starts, batches] = ['_initialize', 'getMore'].map(name => countCalls(cursor, name));
    expect((await cursor.toArray()).map(({ _id }) => _id as unknown)).to.deep.equal([0, 1, 2, 3, 4]);
    expect([starts!.count(), batches!.count()]).to.deep.equal([1, 2]);
  });

  for (const name of ['_initialize', 'getMore']) {
    it(`fails with what ${name} throws, and is closed then`, async () => {
      const cursor = users.find({}, { batchSize: 2 });
      putInPlaceOf(cursor, name, () => async () => {
        throw new Error(`no ${name}`);
      });
      expect((await failure(cursor.toArray())).message).to.equal(`no ${name}`);
      expect(cursor.closed).to.equal(true);
    });
  }
});
