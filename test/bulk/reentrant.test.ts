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
  }
});
