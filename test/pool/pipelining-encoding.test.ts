import { expect } from 'chai';
import { BSONRegExp, Code } from 'mongodb';
import { settle, until, within } from '../support/bounds';
import type { Future } from '../support/motor';
import { connectionsOf, pipelined } from '../support/pipelined';
import { atRest } from '../support/pool-counts';
import { useStage } from '../support/stage';

describe('a document that runs code while it is encoded, with pipelining', () => {
  const stage = useStage();

  /** Two ways in which a document runs code: both are called once, in the midst of its command. */
  const documents: Record<string, (run: () => void) => object> = {
    'a getter': run => ({
      before: 1,
      get now() {
        run();
        return 2;
      },
      after: 3
    }),
    toBSON: run => ({
      before: 1,
      now: {
        toBSON() {
          run();
          return 2;
        }
      },
      after: 3
    })
  };

  for (const [what, make] of Object.entries(documents)) {
    it(`may begin another operation, in a message of its own: ${what}`, async () => {
      const { simulator, client, users, held, release } = await pipelined(stage, 1);
      const begun: Future<unknown>[] = [];
      const run = (): void => {
        for (let i = 0; i < 3; i++) begun.push(users.findOne({ _id: begun.length, inner: true }));
      };
      const calls = [
        users.findOne({ _id: 'before' }),
        users.findOne({ _id: 'outer', ...wrapped(make(run)) }),
        users.findOne({ _id: 'after' })
      ];
      const many = 3 * begun.length;
      expect(many, 'how often the document was encoded').to.be.above(0);
      const all = 3 + begun.length;
      await until('all have arrived', () => held.length === all);
      expect(new Set(connectionsOf(held)).size).to.equal(1);
      const outer = held.find(({ request }) => request.command.filter._id === 'outer');
      expect(outer!.request.command.filter).to.deep.equal({
        _id: 'outer',
        document: { before: 1, now: 2, after: 3 }
      });
      release();
      expect(await Promise.all(calls)).to.deep.equal([{ _id: 'before' }, { _id: 'outer' }, { _id: 'after' }]);
      expect(await Promise.all(begun)).to.deep.equal(begun.map((_, _id) => ({ _id })));
      expect(atRest(client)).to.equal(true);
      expect(simulator.applications.length).to.equal(1);
    });

    it(`fails alone when that throws: ${what}`, async () => {
      const { simulator, client, users, held, release } = await pipelined(stage, 1);
      const fault = new RangeError('a fault');
      const document = make(() => {
        throw fault;
      });
      const before = users.findOne({ _id: 1 });
      const found = settle(users.findOne({ _id: 2, document }));
      const between = users.findOne({ _id: 3 });
      const inserted = settle(users.insertOne({ _id: 4, document }));
      const updated = settle(users.updateOne({ document }, { $set: { a: 1 } }));
      const after = users.findOne({ _id: 5 });
      for (const { error } of [await found, await inserted, await updated]) expect(error).to.equal(fault);
      await until('the others have arrived', () => held.length === 3);
      expect(held.map(({ request }) => request.command.filter)).to.deep.equal([
        { _id: 1 },
        { _id: 3 },
        { _id: 5 }
      ]);
      release();
      const answers = await within(2000, 'the others', Promise.all([before, between, after]));
      expect(answers).to.deep.equal([{ _id: 1 }, { _id: 3 }, { _id: 5 }]);
      expect(atRest(client)).to.equal(true);
      expect(simulator.applications.length).to.equal(1);
    });
  }

  it('may be of any size and type, in the same turn as others', async () => {
    const { users, held, release } = await pipelined(stage, 1, { pipelining: 50, ignoreUndefined: true });
    const values = Array.from({ length: 50 }, (_, i) => {
      if (i % 5 === 0) return 'x'.repeat(i * 4000);
      if (i % 5 === 1) return new Code('return x', { x: i });
      if (i % 5 === 2) return new BSONRegExp(`^${i}`, 'i');
      if (i % 5 === 3) return { list: Array.from({ length: i }, (_, j) => ({ j, nothing: undefined })) };
      return Buffer.alloc(i * 100, i);
    });
    const calls = values.map((value, _id) => users.insertOne({ _id: _id, value }));
    await until('all have arrived', () => held.length === 50);
    const lengths = held.map(({ request }) => JSON.stringify(request.command.documents[0].value).length);
    const again = await pipelined(stage, 1, { pipelining: 1, ignoreUndefined: true });
    again.release();
    for (const [_id, value] of values.entries()) await again.users.insertOne({ _id: _id, value });
    const alone = again.simulator
      .commands('insert')
      .map(({ command }) => JSON.stringify(command.documents[0].value).length);
    expect(lengths).to.deep.equal(alone);
    expect(held.map(({ request }) => request.command.documents[0]._id)).to.deep.equal(
      values.map((_, _id) => _id)
    );
    release();
    await Promise.all(calls);
  });
});

const wrapped = (document: object): object => ({ document });
