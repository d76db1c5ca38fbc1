import { expect } from 'chai';
import { coroutine, MongoClient, type Collection, type Db } from '../../lib';
import { failure, settle, sleep, until, within } from '../support/bounds';
import { activeSessions } from '../support/inside';
import { sharedServer } from '../support/server';
import { useStage } from '../support/stage';

interface Line {
  _id: number;
}

const lines = (from: number, to: number): Line[] =>
  Array.from({ length: to - from }, (_, i) => ({ _id: from + i }));

describe('a tailable cursor', () => {
  const stage = useStage();
  let client: MongoClient;
  let db: Db;
  let log: Collection<Line>;
  before(async function () {
    this.timeout(60_000);
    client = new MongoClient((await sharedServer()).uri);
    db = client.db('motor_tailable');
  });
  beforeEach(async () => {
    await db.dropDatabase();
    log = await db.createCollection<Line>('log', { capped: true, size: 65_536 });
    await log.insertMany(lines(0, 3));
  });
  after(async () => {
    await db.dropDatabase();
    await client.close();
  });

  it('stays open at the end of a capped collection, and goes on with what is added', async () => {
    const cursor = log.find({}, { tailable: true });
    const seen: (Line | null)[] = [];
    for (let i = 0; i < 4; i++) seen.push(await cursor.tryNext());
    expect(seen).to.deep.equal([...lines(0, 3), null]);
    expect(cursor.closed).to.equal(false);
    await log.insertMany(lines(3, 5));
    expect(await cursor.next()).to.deep.equal({ _id: 3 });
    expect(await cursor.next()).to.deep.equal({ _id: 4 });
    await cursor.close();
    expect(activeSessions(client)).to.equal(0);
  });

  it('that awaits data has it when it comes, in a coroutine', async () => {
    const read = coroutine(function* () {
      const cursor = log.find({}, { tailable: true, awaitData: true, maxAwaitTimeMS: 500 });
      const seen: Line[] = [];
      while (seen.length < 5) seen.push((yield* cursor.next())!);
      yield* cursor.close();
      return seen;
    });
    const reading = read();
    await sleep(50);
    await log.insertMany(lines(3, 5));
    expect(await within(5000, 'the read', reading)).to.deep.equal(lines(0, 5));
  });

  it('is read by a loop until that is left, and is closed then', async () => {
    const cursor = log.find({}).addCursorFlag('tailable', true).addCursorFlag('awaitData', true);
    const seen: Line[] = [];
    for await (const line of cursor) {
      seen.push(line);
      if (seen.length === 3) void log.insertMany(lines(3, 4));
      if (seen.length === 4) break;
    }
    expect(seen).to.deep.equal(lines(0, 4));
    expect([cursor.closed, cursor.killed]).to.deep.equal([true, true]);
  });

  it('is read by a stream', async () => {
    const stream = log.find({}, { tailable: true, awaitData: true }).stream();
    const seen: Line[] = [];
    for await (const line of stream) {
      seen.push(line as Line);
      if (seen.length === 3) void log.insertMany(lines(3, 4));
      if (seen.length === 4) break;
    }
    expect(seen).to.deep.equal(lines(0, 4));
  });

  it('that waits for data is closed by a signal, on the server too, which ends the wait', async () => {
    const abort = new AbortController();
    const options = { tailable: true, awaitData: true, maxAwaitTimeMS: 10_000, signal: abort.signal };
    const cursor = log.find({}, options);
    const reading = settle(cursor.toArray());
    await until('it waits for data', () => cursor.id !== undefined);
    await sleep(50);
    abort.abort(new Error('no more'));
    const { value, error } = await within(5000, 'the end of the wait', reading);
    // the server may say of the read either that its cursor is not there, or that it is at its end
    if (error) expect(error.name).to.equal('MongoServerError');
    else expect(value).to.deep.equal(lines(0, 3));
    expect([cursor.closed, cursor.killed]).to.deep.equal([true, true]);
    expect(activeSessions(client)).to.equal(0);
    expect(await failure(cursor.next())).to.have.property('message', 'no more');
  });

  it('of a collection that is not capped is refused by the server', async () => {
    await db.collection('plain').insertOne({});
    expect(await failure(db.collection('plain').find({}, { tailable: true }).next())).to.have.property(
      'name',
      'MongoServerError'
    );
  });

  it('takes no limit, sort, skip or batch size once it is tailable', () => {
    const cursor = log.find({}, { tailable: true });
    for (const refused of [() => cursor.limit(1), () => cursor.sort({ _id: 1 }), () => cursor.skip(1)]) {
      expect(refused).to.throw('Tailable cursor does not support');
    }
    expect(() => cursor.batchSize(1)).to.throw('Tailable cursor does not support batchSize');
  });

  it('asks with the options of the driver: how long to wait in a batch, never in the query', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (_command, reply) => reply.cursor([], { id: 5n }));
    const simulated = stage.client(simulator.uri()).db('shop');
    const options = { tailable: true, awaitData: true, maxAwaitTimeMS: 250, timeoutMS: 5000 };
    await simulated.collection('log').find({}, options).tryNext();
    const command = { find: 'log', tailable: true, awaitData: true };
    const running = simulated.runCursorCommand(command, { tailable: true, awaitData: true });
    await running.setMaxTimeMS(150).setComment('mine').setBatchSize(7).tryNext();
    const [first, second] = simulator.commands('find');
    expect(first?.command).to.include({ tailable: true, awaitData: true }).and.not.have.property('maxTimeMS');
    expect(second?.command).to.include(command).and.not.have.property('maxTimeMS');
    const [, more] = simulator.commands('getMore');
    expect(simulator.commands('getMore')[0]?.command).to.have.property('maxTimeMS', 250);
    expect(more?.command).to.include({ maxTimeMS: 150, comment: 'mine', batchSize: 7 });
  });
});
