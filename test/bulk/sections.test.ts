import { expect } from 'chai';
import type { Document } from 'mongodb';
import { Output } from '../../lib/bson/index';
import { EncodedSequence } from '../../lib/sequence';
import { encodeInto, encodeMessage } from '../../lib/wire';
import { decodeRequest } from '../support/simulator-wire';
import { useStage } from '../support/stage';

const KIB = 1024;

/** Documents of so many bytes, all together and about. */
const documentsOf = (bytes: number): Document[] =>
  Array.from({ length: Math.ceil(bytes / 500) }, (_, _id) => ({ _id, text: 'x'.repeat(470) }));

function sequenceOf(field: string, documents: Document[]): EncodedSequence {
  const sequence = new EncodedSequence(field, documents);
  for (const document of documents) {
    sequence.encode(document, {});
    sequence.add();
  }
  return sequence;
}

describe('the sections of a message', () => {
  for (const [ops, nsInfo] of [
    [1, 1],
    [1, 100],
    [100, 1],
    [100, 200]
  ] as const) {
    it(`are whole, and in their order: of ${ops} and ${nsInfo} KiB`, () => {
      const [first, second] = [documentsOf(ops * KIB), documentsOf(nsInfo * KIB)];
      const command = () => ({
        bulkWrite: 1,
        ops: sequenceOf('ops', first),
        nsInfo: sequenceOf('nsInfo', second)
      });
      const message = encodeMessage(7, command(), {});
      expect(message.readInt32LE(0)).to.equal(message.length);
      expect(decodeRequest(message).command).to.deep.equal({ bulkWrite: 1, ops: first, nsInfo: second });

      const out = new Output(1);
      const large = encodeInto(out, 7, command(), {});
      expect(Buffer.concat([out.bytes.subarray(0, out.position), ...large]).equals(message)).to.equal(true);
      expect(large).to.have.length(ops > 64 ? 2 : nsInfo > 64 ? 1 : 0);
    });
  }
});

describe('messages with large sections', () => {
  const stage = useStage();

  it('arrive whole among others that are written in the same turn on the same connection', async () => {
    const simulator = await stage.simulator();
    simulator.on('insert', ({ documents }) => ({ n: documents.length }));
    simulator.on('update', () => ({ n: 1, nModified: 1 }));
    const client = stage.client(simulator.uri(), { maxPoolSize: 1, pipelining: 100 });
    const users = client.db('shop').collection<Document>('users');
    await users.updateOne({}, { $set: { first: true } });
    const sizes = [200, 1, 3000, 70, 1, 500];
    const batches = sizes.map(size => documentsOf(size * KIB));
    const writes = batches.flatMap((batch, index) => [
      users.insertMany(batch),
      users.updateOne({ index }, { $set: { index } })
    ]);
    await Promise.all(writes);
    expect(simulator.commands('insert').map(({ command }) => command.documents as Document[])).to.deep.equal(
      batches
    );
    expect(simulator.commands('update')).to.have.length(1 + sizes.length);
  });

  it('are sent again as they were when the first attempt has failed', async () => {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    let attempts = 0;
    simulator.on('insert', ({ documents }, reply) => {
      if (++attempts > 1) return { n: documents.length };
      return reply.fail(10107, 'NotWritablePrimary', 'not primary', { errorLabels: ['RetryableWriteError'] });
    });
    const client = stage.client(simulator.uri());
    const documents = documentsOf(300 * KIB);
    const { insertedCount } = await client.db('shop').collection<Document>('users').insertMany(documents);
    expect(insertedCount).to.equal(documents.length);
    const sent = simulator.commands('insert').map(({ command }) => command.documents as Document[]);
    expect(sent).to.deep.equal([documents, documents]);
  });
});
