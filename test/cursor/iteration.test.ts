import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import { coroutine, type Collection, type MongoClient } from '../../lib';
import { failure, until } from '../support/bounds';
import { CursorLedger } from '../support/cursor-ledger';
import { pooledSessions } from '../support/inside';
import { atRest } from '../support/pool-counts';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

interface Numbered {
  _id: number;
}

const ALL = Array.from({ length: 10 }, (_, _id) => ({ _id }));
const IDS = ALL.map(({ _id }) => _id);

describe('the documents of a cursor', () => {
  const stage = useStage();
  let simulator: Simulator;
  let client: MongoClient;
  let users: Collection<Numbered>;
  beforeEach(async () => {
    simulator = await stage.simulator({ replicaSet: 'sim' });
    new CursorLedger(simulator, ALL);
    client = stage.client(simulator.uri());
    users = client.db('shop').collection<Numbered>('users');
  });

  it('are read by a plain loop over toArray, inside a coroutine', async () => {
    const ids = coroutine(function* () {
      const seen: number[] = [];
      for (const { _id } of yield* users.find({}, { batchSize: 3 }).toArray()) seen.push(_id);
      return seen;
    });
    expect(await ids()).to.deep.equal(IDS);
  });

  it('are read one by one inside a coroutine', async () => {
    const ids = coroutine(function* () {
      const seen: number[] = [];
      const cursor = users.find({}, { batchSize: 3 });
      while (yield* cursor.hasNext()) seen.push((yield* cursor.next())!._id);
      return seen;
    });
    expect(await ids()).to.deep.equal(IDS);
  });

  it('are read batch by batch, and the batch after the last is empty', async () => {
    const cursor = users.find({}, { batchSize: 4 });
    const batches: number[] = [];
    for (let batch; (batch = await cursor.nextBatch()).length > 0;) batches.push(batch.length);
    expect(batches).to.deep.equal([4, 4, 2]);
    expect(cursor.closed).to.equal(true);
    expect(await cursor.nextBatch()).to.deep.equal([]);
  });

  it('that are at hand come first in a batch, and none is lost between the ways to read', async () => {
    const cursor = users.find({}, { batchSize: 4 });
    const seen = [(await cursor.next())!, ...(await cursor.nextBatch())];
    expect(seen).to.have.length(4);
    expect(await cursor.hasNext()).to.equal(true);
    seen.push((await cursor.tryNext())!);
    for await (const document of cursor) seen.push(document);
    expect(seen.map(({ _id }) => _id)).to.deep.equal(IDS);
  });

  it('skip the empty batches that a server may send', async () => {
    for (let i = 0; i < 5; i++) {
      simulator.once('getMore', (_command, reply) => reply.cursor([], { id: 1n, batch: 'nextBatch' }));
    }
    const batch = users.find({}, { batchSize: 4 });
    await batch.nextBatch();
    expect(await batch.nextBatch()).to.have.length(4);
    expect(simulator.commands('getMore')).to.have.length(6);
  });

  it('are null by tryNext for an empty batch, and the cursor stays open', async () => {
    const cursor = users.find({}, { batchSize: 10 });
    simulator.once('find', (_command, reply) => reply.cursor([], { id: 1n }));
    simulator.once('getMore', (_command, reply) => reply.cursor([], { id: 1n, batch: 'nextBatch' }));
    simulator.once('getMore', (_command, reply) => reply.cursor([{ _id: 5 }], { batch: 'nextBatch' }));
    expect(await cursor.tryNext()).to.equal(null);
    expect(cursor.closed).to.equal(false);
    expect(await cursor.tryNext()).to.deep.equal({ _id: 5 });
  });

  it('are pushed to a callback of forEach, which has one of its own for the end', async () => {
    const seen: number[] = [];
    const end = await new Promise<unknown[]>(resolve => {
      users.find({}, { batchSize: 3 }).forEach(
        ({ _id }) => void seen.push(_id),
        (...results) => resolve(results)
      );
    });
    expect(seen).to.deep.equal(IDS);
    expect(end[0]).to.equal(undefined);
  });

  it('end in forEach with an error, which its callback gets, once', async () => {
    simulator.once('getMore', (_command, reply) => reply.fail(8000, 'AtlasError', 'no more'));
    const ends: unknown[][] = [];
    const cursor = users.find({}, { batchSize: 3 });
    cursor.forEach(
      () => {},
      (...results) => void ends.push(results)
    );
    await until('the cursor has ended', () => cursor.closed && ends.length > 0);
    expect(ends).to.have.length(1);
    expect(ends[0]![0]).to.have.property('message', 'no more');
  });

  it('are not read by forEach with something else in the place of its callback', () => {
    const bad = (): unknown => Reflect.apply(users.find().forEach, users.find(), [() => {}, 5]);
    expect(bad).to.throw(TypeError, 'forEach() takes a callback as argument 2');
    expect(simulator.commands('find')).to.have.length(0);
  });

  it('stop at false in forEach, and no further batch is asked for', async () => {
    const seen: number[] = [];
    await users.find({}, { batchSize: 3 }).forEach(({ _id }) => seen.push(_id) < 4);
    expect(seen).to.deep.equal([0, 1, 2, 3]);
    expect(simulator.commands('getMore')).to.have.length(1);
  });

  it('run through a pipe', async () => {
    const seen: number[] = [];
    const collect = new Transform({
      objectMode: true,
      transform: ({ _id }: Numbered, _encoding, done) => done(null, void seen.push(_id))
    });
    await pipeline(
      users.find({}, { batchSize: 3 }).stream(),
      collect,
      new PassThrough({ objectMode: true }).resume()
    );
    expect(seen).to.deep.equal(IDS);
  });

  it('run, mapped, through a stream, read as slowly as its reader likes', async () => {
    const stream = users
      .find({}, { batchSize: 2 })
      .map(({ _id }) => ({ id: _id }))
      .stream();
    const seen: unknown[] = [];
    for await (const document of stream) {
      await new Promise(setImmediate);
      seen.push(document);
    }
    expect(seen).to.deep.equal(IDS.map(id => ({ id })));
  });

  it('fail a stream with the error of a batch', async () => {
    simulator.once('getMore', (_command, reply) => reply.fail(8000, 'AtlasError', 'no more'));
    const stream = users.find({}, { batchSize: 3 }).stream();
    const error = await failure(
      (async () => {
        for await (const document of stream) expect((document as Numbered)._id).to.be.below(3);
      })()
    );
    expect(error).to.have.property('message', 'no more');
  });

  it('run through two loops over one cursor at once, each once', async () => {
    const cursor = users.find({}, { batchSize: 10 });
    await cursor.hasNext();
    const seen: number[] = [];
    const loop = async (): Promise<void> => {
      for await (const { _id } of cursor) seen.push(_id);
    };
    await Promise.all([loop(), loop()]);
    expect(seen.sort((a, b) => a - b)).to.deep.equal(IDS);
  });

  it('come with one session for all batches, which is given back with the last of them', async () => {
    const cursor = users.find({}, { batchSize: 3 });
    await cursor.next();
    expect(pooledSessions(client)).to.deep.equal([]);
    await cursor.toArray();
    expect(atRest(client)).to.equal(true);
    const ids = new Set(
      [...simulator.commands('find'), ...simulator.commands('getMore')].map(({ lsid }) => lsid)
    );
    expect([...ids]).to.deep.equal(pooledSessions(client));
  });

  it('come with a session of the caller, which is not ended with them', async () => {
    const session = client.startSession();
    await users.find({}, { batchSize: 3, session }).toArray();
    expect(session.hasEnded).to.equal(false);
    const ids = simulator.commands('getMore').map(({ lsid }) => lsid);
    expect(new Set(ids)).to.deep.equal(new Set([simulator.commands('find')[0]?.lsid]));
    await session.endSession();
  });
});
