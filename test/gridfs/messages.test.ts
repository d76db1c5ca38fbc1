import { expect } from 'chai';
import { FindCursor, GridFSBucket, ObjectId } from '../../lib';
import { until } from '../support/bounds';
import { CursorLedger } from '../support/cursor-ledger';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';
import { styles } from '../support/styles';

describe('a file in GridFS', () => {
  const stage = useStage();
  let simulator: Simulator;
  let bucket: GridFSBucket;
  beforeEach(async () => {
    simulator = await stage.simulator({ replicaSet: 'sim' });
    simulator.on('listIndexes', (_command, reply) => reply.fail(26, 'NamespaceNotFound'));
    simulator.on('createIndexes', () => ({}));
    bucket = new GridFSBucket(stage.client(simulator.uri()).db('media'), { chunkSizeBytes: 1000 });
  });

  it('is written with one message for each of its chunks, and one for what is said of it', async () => {
    const stream = bucket.openUploadStream('film');
    for (let i = 0; i < 7; i++) stream.write(Buffer.alloc(700)); // 4900 bytes
    await new Promise<void>(resolve => stream.end(() => resolve()));
    const inserts = simulator
      .commands('insert')
      .map(({ command }) => [command.insert, command.documents.length]);
    expect(inserts).to.deep.equal([...Array(5).fill(['fs.chunks', 1]), ['fs.files', 1]]);
  });

  it('is found with a cursor of ours', () => expect(bucket.find()).to.be.instanceOf(FindCursor));

  /** A file of ten chunks, of which the server gives three at a time. */
  async function reading() {
    const file = {
      _id: new ObjectId(),
      length: 10_000,
      chunkSize: 1000,
      filename: 'film',
      uploadDate: new Date()
    };
    const chunks = Array.from({ length: 10 }, (_, n) => ({
      files_id: file._id,
      n,
      data: Buffer.alloc(1000)
    }));
    const ledger = new CursorLedger(simulator, chunks);
    simulator.once('find', (_command, reply) => reply.cursor([file]));
    simulator.once('find', (_command, reply) => {
      ledger.open.set(1n, chunks.slice(3));
      return reply.cursor(chunks.slice(0, 3), { id: 1n });
    });
    const stream = bucket.openDownloadStream(file._id);
    await new Promise(resolve => stream.once('data', resolve));
    return { stream, ledger };
  }

  for (const [style, call] of Object.entries(styles)) {
    it(`leaves no cursor open when reading it is aborted, in ${style} style`, async () => {
      const { stream, ledger } = await reading();
      await call(stream, 'abort');
      expect(ledger.open.size).to.equal(0);
      expect(ledger.killed).to.equal(1);
    });
  }

  it('leaves no cursor open when its reader goes away: the stream closes when the server knows', async () => {
    const { stream, ledger } = await reading();
    for await (const chunk of stream) if (chunk) break;
    await until('it is closed', () => stream.closed);
    expect(ledger.open.size).to.equal(0);
    expect(ledger.killed).to.equal(1);
  });

  it('leaves no cursor open when it is broken', async () => {
    const { stream, ledger } = await reading();
    ledger.open.set(1n, []);
    simulator.once('getMore', (_command, reply) =>
      reply.cursor([{ n: 7, data: Buffer.alloc(1000) }], { id: 1n, batch: 'nextBatch' })
    );
    const error = await new Promise<Error>(resolve => stream.once('error', resolve).resume());
    expect(error.message).to.match(/^ChunkIsMissing/);
    await until('it is closed', () => ledger.open.size === 0);
  });
});
