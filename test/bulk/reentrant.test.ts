import { expect } from 'chai';
import type { Document } from 'mongodb';
import { useStage } from '../support/stage';

describe('a document that adds another to its bulk operation when it is encoded', () => {
  const stage = useStage();

  for (const order of ['Ordered', 'Unordered'] as const) {
    it(`comes after that one, and both arrive whole: ${order}`, async () => {
      const simulator = await stage.simulator();
      simulator.on('insert', ({ documents }) => ({ n: documents.length }));
      const client = stage.client(simulator.uri());
      await client.connect();
      const bulk = client.db('shop').collection<Document>('users')[`initialize${order}BulkOp`]();
      bulk.insert({ _id: 1, text: 'x'.repeat(5000) });
      bulk.insert({
        _id: 3,
        before: 'y'.repeat(100),
        inner: { toBSON: () => (bulk.insert({ _id: 2, text: 'z'.repeat(9000) }), { made: true }) },
        after: 1
      });
      expect(await bulk.execute()).to.include({ insertedCount: 3 });
      expect(simulator.commands('insert').map(({ command }) => command.documents)).to.deep.equal([
        [
          { _id: 1, text: 'x'.repeat(5000) },
          { _id: 2, text: 'z'.repeat(9000) },
          { _id: 3, before: 'y'.repeat(100), inner: { made: true }, after: 1 }
        ]
      ]);
    });

    it(`may add many, which add others, and fail itself: ${order}`, async () => {
      const simulator = await stage.simulator();
      simulator.on('insert', ({ documents }) => ({ n: documents.length }));
      const client = stage.client(simulator.uri());
      await client.connect();
      const bulk = client.db('shop').collection<Document>('users')[`initialize${order}BulkOp`]();
      const adding = (...ids: number[]) => ({
        toBSON: () => ids.map(_id => (bulk.insert({ _id, text: 'x'.repeat(2000) }), _id))
      });
      bulk.insert({
        _id: 5,
        first: adding(1, 2),
        second: { toBSON: () => (bulk.insert({ _id: 4, inner: adding(3) }), 4) }
      });
      const failing = {
        _id: 7,
        first: adding(6),
        second: {
          toBSON: () => {
            throw new RangeError('no');
          }
        }
      };
      expect(() => bulk.insert(failing)).to.throw(RangeError, 'no');
      bulk.insert({ _id: 8 });
      expect(await bulk.execute()).to.include({ insertedCount: 7 });
      const { command } = simulator.commands('insert')[0]!;
      expect(command.documents.map(({ _id }: Document) => _id as number)).to.deep.equal([
        1, 2, 3, 4, 5, 6, 8
      ]);
      expect(command.documents[3]).to.deep.equal({ _id: 4, inner: [3] });
      expect(command.documents[4]).to.deep.equal({ _id: 5, first: [1, 2], second: 4 });
    });
  }

  it('keeps the order among operations of several kinds', async () => {
    const simulator = await stage.simulator();
    simulator.on('insert', ({ documents }) => ({ n: documents.length }));
    simulator.on('update', ({ updates }) => ({ n: updates.length, nModified: updates.length }));
    const client = stage.client(simulator.uri());
    await client.connect();
    const bulk = client.db('shop').collection<Document>('users').initializeOrderedBulkOp();
    bulk.insert({ _id: 1 });
    const updating = { toBSON: () => (bulk.find({ _id: 1 }).updateOne({ $set: { a: 1 } }), true) };
    bulk.insert({ _id: 2, updating });
    bulk.insert({ _id: 3 });
    await bulk.execute();
    const sent = simulator.commands().filter(({ name }) => name === 'insert' || name === 'update');
    expect(sent.map(({ command }) => (command.documents ?? command.updates) as Document[])).to.deep.equal([
      [{ _id: 1 }],
      [{ q: { _id: 1 }, u: { $set: { a: 1 } } }],
      [{ _id: 2, updating: true }, { _id: 3 }]
    ]);
  });

  it('may add to another bulk operation', async () => {
    const simulator = await stage.simulator();
    simulator.on('insert', ({ documents }) => ({ n: documents.length }));
    const client = stage.client(simulator.uri());
    await client.connect();
    const users = client.db('shop').collection<Document>('users');
    const [one, other] = [users.initializeOrderedBulkOp(), users.initializeOrderedBulkOp()];
    one.insert({
      _id: 1,
      inner: { toBSON: () => (other.insert({ _id: 2, text: 'x'.repeat(5000) }), 'made') }
    });
    await one.execute();
    await other.execute();
    expect(simulator.commands('insert').map(({ command }) => command.documents as Document[])).to.deep.equal([
      [{ _id: 1, inner: 'made' }],
      [{ _id: 2, text: 'x'.repeat(5000) }]
    ]);
  });
});
