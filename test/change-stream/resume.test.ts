import { expect } from 'chai';
import { once } from 'node:events';
import { type ChangeStream, type Collection, MongoServerError } from '../../lib';
import { failure, within } from '../support/bounds';
import { ChangeLog, fails, n, resumable } from '../support/change-log';
import type { Simulator } from '../support/simulator';
import { reset } from '../support/simulator-script';
import { useStage } from '../support/stage';
import { type Call, styles } from '../support/styles';

const fatal = fails(280);
const oversized = fails(10334);

/** Reads `count` changes. */
type Read = (stream: ChangeStream, count: number) => Promise<number[]>;

/** Where the stream is, by the token to resume it with: the driver leaves the numbers in those of batches as they are. */
const at = ({ resumeToken }: ChangeStream): number => Number((resumeToken as { at: unknown }).at);

const byNext =
  (call: Call): Read =>
  async (stream, count) => {
    const read: number[] = [];
    while (read.length < count) read.push(n(await call(stream, 'next')));
    return read;
  };
const byTryNext =
  (call: Call): Read =>
  async (stream, count) => {
    const read: number[] = [];
    while (read.length < count) {
      const change = await call(stream, 'tryNext');
      if (change) read.push(n(change));
    }
    return read;
  };

const readers: Record<string, Read> = {
  ...Object.fromEntries(
    Object.entries(styles).map(([style, call]) => [`next in ${style} style`, byNext(call)])
  ),
  ...Object.fromEntries(
    Object.entries(styles).map(([style, call]) => [`tryNext in ${style} style`, byTryNext(call)])
  ),
  'for await': async (stream, count) => {
    const read: number[] = [];
    for await (const change of stream) if (read.push(n(change)) === count) break;
    return read;
  },
  events: (stream, count) => {
    const read: number[] = [];
    return new Promise((resolve, reject) => {
      stream.on('error', reject);
      stream.on('change', change => {
        if (read.push(n(change)) === count) resolve(read);
      });
    });
  }
};

describe('a change stream that is interrupted', () => {
  const stage = useStage();
  let simulator: Simulator;
  let users: Collection;
  let log: ChangeLog;
  let stream: ChangeStream;

  beforeEach(async () => {
    simulator = await stage.simulator({ replicaSet: 'sim' });
    const client = stage.client(simulator.uri());
    users = client.db('shop').collection('users');
    log = new ChangeLog(simulator, 1000);
    stream = users.watch();
    stage.after(() => stream.close());
  });

  const oneToTwelve = Array.from({ length: 12 }, (_, i) => i + 1);

  for (const [reader, read] of Object.entries(readers)) {
    it(`is resumed where it was, after each event: no gap, no repeat: ${reader}`, async () => {
      for (let i = 0; i < 12; i++) log.steps.push(1, i % 2 ? reset : resumable);
      expect(await within(10_000, 'reading', read(stream, 12))).to.deep.equal(oneToTwelve);
      expect(log.opened.slice(0, 12)).to.deep.equal([undefined, ...oneToTwelve.slice(0, 11)]);
    });

    it(`is resumed by the token of a batch in the middle, which is read to its end: ${reader}`, async () => {
      log.steps.push(5, reset, 5, resumable, 2);
      expect(await within(5000, 'reading', read(stream, 12))).to.deep.equal(oneToTwelve);
      expect(log.opened).to.deep.equal([undefined, 5, 10]);
    });

    it(`raises an error that is not to be resumed, and is closed: ${reader}`, async () => {
      for (const step of [fatal, oversized]) {
        const interrupted = users.watch();
        log.steps.push(1, step);
        const error = await failure(read(interrupted, 2));
        expect(error).to.be.instanceOf(MongoServerError);
        expect(interrupted.closed).to.equal(true);
        expect(at(interrupted)).to.equal(1);
        log.steps.length = 0;
      }
    });
  }

  for (const [style, call] of Object.entries(styles)) {
    it(`is resumed after errors in a row, in ${style} style`, async () => {
      log.steps.push(1, resumable, resumable, reset, resumable, 1);
      expect(await byNext(call)(stream, 2)).to.deep.equal([1, 2]);
      expect(log.opened).to.deep.equal([undefined, 1, 1, 1, 1]);
    });

    it(`raises what fails when it is opened, once, and asks no more, in ${style} style`, async () => {
      for (const code of [40324, 136, 280]) {
        const aggregates = simulator.commands('aggregate').length;
        const opening = users.watch();
        simulator.once('aggregate', fails(code, ['ResumableChangeStreamError']));
        const error = (await failure(call(opening, 'next'))) as MongoServerError;
        expect(error.code).to.equal(code);
        expect(opening.closed).to.equal(true);
        expect(simulator.commands('aggregate')).to.have.length(aggregates + 1);
      }
    });

    it(`raises the error when it cannot be resumed, in ${style} style`, async () => {
      await call(stream, 'next');
      log.steps.push(resumable);
      simulator.once('aggregate', fails(286));
      const error = (await failure(call(stream, 'next'))) as MongoServerError;
      expect(error.code).to.equal(286);
      expect(stream.closed).to.equal(true);
      expect((await failure(call(stream, 'next'))).message).to.include('closed');
    });

    it(`is resumed by the token of an empty batch, which is later, in ${style} style`, async () => {
      expect(n(await call(stream, 'next'))).to.equal(1);
      log.advance();
      log.advance();
      log.steps.push(0);
      expect(await call(stream, 'tryNext')).to.equal(null);
      expect(at(stream)).to.equal(3);
      log.steps.push(reset);
      expect(n(await call(stream, 'next'))).to.equal(4);
      expect(log.opened).to.deep.equal([undefined, 3]);
    });

    it(`keeps the token of what tryNext gave, in ${style} style`, async () => {
      log.steps.push(3);
      while ((await call(stream, 'tryNext')) === null);
      expect(at(stream)).to.equal(1);
      expect(n(await call(stream, 'tryNext'))).to.equal(2);
      expect(at(stream)).to.equal(2);
    });

    it(`ends when the server invalidates it, in ${style} style`, async () => {
      await call(stream, 'next');
      log.steps.push((_command, reply) => {
        const invalidated = { _id: { at: 2 }, operationType: 'invalidate', n: 2 };
        return reply.cursor([invalidated], { batch: 'nextBatch' });
      });
      expect(n(await call(stream, 'next'))).to.equal(2);
      expect((await failure(call(stream, 'next'))).message).to.include('closed');
    });
  }

  it('tells its listeners of the error that ends it', async () => {
    log.steps.push(1, fatal);
    stream.on('change', () => {});
    const [error] = (await within(5000, 'an error', once(stream, 'error'))) as [MongoServerError];
    expect(error.code).to.equal(280);
    expect(stream.closed).to.equal(true);
  });
});
