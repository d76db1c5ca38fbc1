import { expect } from 'chai';
import type { CommandStartedEvent } from 'mongodb';
import { MongoInvalidArgumentError, MongoServerError } from 'mongodb';
import { coroutine, type Collection, type FindCursor, type MongoClient } from '../../lib';
import { failure, settle, until } from '../support/bounds';
import { CursorLedger } from '../support/cursor-ledger';
import { nothingIsLeft } from '../support/nothing-is-left';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

interface Numbered {
  _id: number;
}

const ALL = Array.from({ length: 10 }, (_, _id) => ({ _id }));
const IDS = ALL.map(({ _id }) => _id);

describe('a cursor that asks for the next batch ahead', () => {
  const stage = useStage();
  let simulator: Simulator;
  let ledger: CursorLedger;
  let client: MongoClient;
  let users: Collection<Numbered>;
  let commands: string[];
  beforeEach(async () => {
    simulator = await stage.simulator({ replicaSet: 'sim' });
    ledger = new CursorLedger(simulator, ALL);
    client = stage.client(simulator.uri(), { monitorCommands: true });
    commands = [];
    client.on('commandStarted', ({ commandName }: CommandStartedEvent) => commands.push(commandName));
    users = client.db('shop').collection<Numbered>('users');
  });

  const answered = (count: number): Promise<void> =>
    until(`${count} getMore`, () => simulator.commands('getMore').length === count, 1000);

  const ids = (documents: readonly Numbered[]): number[] => documents.map(({ _id }) => _id);

  it('has asked for the second when the first has come, and for no third', async () => {
    const cursor = users.find({}, { batchSize: 3, prefetch: true });
    await cursor.next();
    expect(commands).to.deep.equal(['find', 'getMore']);
    await answered(1);
    expect([cursor.bufferedCount(), (await cursor.next())?._id]).to.deep.equal([2, 1]);
    await cursor.next();
    expect(commands).to.deep.equal(['find', 'getMore']);
    expect((await cursor.next())?._id).to.equal(3);
    expect(commands).to.deep.equal(['find', 'getMore', 'getMore']);
    await cursor.close();
    await nothingIsLeft(client, ledger);
  });

  it('asks for none without the option', async () => {
    const cursor = users.find({}, { batchSize: 3 });
    for (let i = 0; i < 3; i++) await cursor.next();
    expect(commands).to.deep.equal(['find']);
    await cursor.next();
    expect(commands).to.deep.equal(['find', 'getMore']);
    await cursor.close();
  });

  const ways: Record<string, () => Promise<number[]>> = {
    'toArray, with a promise': async () =>
      ids(await users.find({}, { batchSize: 3, prefetch: true }).toArray()),
    'toArray, with a callback': () =>
      new Promise((resolve, reject) => {
        users
          .find({}, { batchSize: 3, prefetch: true })
          .toArray((error, documents) => (error ? reject(error) : resolve(ids(documents!))));
      }),
    'next, in a coroutine': coroutine(function* () {
      const cursor = users.find({}, { batchSize: 3, prefetch: true });
      const seen: number[] = [];
      for (let document; (document = yield* cursor.next());) seen.push(document._id);
      return seen;
    }),
    'for await': async () => {
      const seen: number[] = [];
      for await (const { _id } of users.find({}, { batchSize: 3, prefetch: true })) seen.push(_id);
      return seen;
    },
    forEach: async () => {
      const seen: number[] = [];
      await users.find({}, { batchSize: 3, prefetch: true }).forEach(({ _id }) => void seen.push(_id));
      return seen;
    },
    'a stream': async () => {
      const seen: number[] = [];
      for await (const { _id } of users.find({}, { batchSize: 3, prefetch: true }).stream()) seen.push(_id);
      return seen;
    },
    'an aggregation': async () =>
      ids(await users.aggregate<Numbered>([], { batchSize: 3, prefetch: true }).toArray())
  };
  for (const [way, read] of Object.entries(ways)) {
    it(`gives every document once, in order, by ${way}`, async () => {
      expect(await read()).to.deep.equal(IDS);
      await nothingIsLeft(client, ledger);
      expect(commands).to.not.include('killCursors');
    });
  }

  it('asks for no more than its limit', async () => {
    expect(ids(await users.find({}, { batchSize: 3, limit: 5, prefetch: true }).toArray())).to.deep.equal(
      IDS.slice(0, 5)
    );
    expect(simulator.commands('getMore').map(({ command }) => command.batchSize)).to.deep.equal([2]);
    await nothingIsLeft(client, ledger);
  });

  it('asks for nothing when its first batch is all of its limit, of a server that goes on', async () => {
    simulator.on('find', (_command, reply) => {
      ledger.open.set(9n, ALL);
      return reply.cursor(ALL.slice(0, 3), { id: 9n });
    });
    expect(await users.find({}, { limit: 3, prefetch: true }).toArray()).to.have.length(3);
    expect(commands).to.deep.equal(['find', 'killCursors']);
    await nothingIsLeft(client, ledger);
  });

  it('tells of an error when the reader gets there', async () => {
    simulator.once('getMore', (_command, reply) => reply.fail(11601, 'Interrupted'));
    const cursor = users.find({}, { batchSize: 3, prefetch: true });
    const seen = [await cursor.next()];
    await answered(1);
    seen.push(await cursor.next(), await cursor.next());
    expect(seen).to.deep.equal(ALL.slice(0, 3));
    expect(await failure(cursor.next()))
      .to.be.instanceOf(MongoServerError)
      .with.property('code', 11601);
    expect(cursor.closed).to.equal(true);
    await nothingIsLeft(client, ledger);
  });

  const waiting = async (): Promise<FindCursor<Numbered>> => {
    simulator.once('getMore', (_command, reply) => {
      ledger.open.set(1n, ALL.slice(6));
      return void reply.later(30, reply.cursor(ALL.slice(3, 6), { id: 1n, batch: 'nextBatch' }));
    });
    const cursor = users.find<Numbered>({}, { batchSize: 3, prefetch: true });
    await cursor.next();
    await answered(1);
    return cursor;
  };

  it('closed while a batch is on its way, is closed on the server after that', async () => {
    const cursor = await waiting();
    const seen = simulator.commands('killCursors').length;
    await cursor.close();
    expect([seen, ledger.killed, cursor.killed, cursor.closed]).to.deep.equal([0, 1, true, false]);
    expect(commands).to.deep.equal(['find', 'getMore', 'killCursors']);
    await nothingIsLeft(client, ledger);
  });

  it('closed when the last batch is at hand, has nothing to close on the server', async () => {
    const cursor = users.find({}, { batchSize: 5, prefetch: true });
    await cursor.next();
    await until('the server has closed it', () => ledger.open.size === 0, 1000);
    await cursor.close();
    expect(commands).to.deep.equal(['find', 'getMore']);
    await nothingIsLeft(client, ledger);
  });

  it('rewound while a batch is on its way, begins anew, and within its limit', async () => {
    const cursor = await waiting();
    cursor.rewind();
    expect(ids(await cursor.toArray())).to.deep.equal(IDS);
    await nothingIsLeft(client, ledger);
  });

  it('asks ahead when it is a clone', async () => {
    const cursor = users.find({}, { batchSize: 3, prefetch: true }).clone();
    await cursor.next();
    expect(commands).to.deep.equal(['find', 'getMore']);
    await cursor.close();
    await nothingIsLeft(client, ledger);
  });

  it('lets its client close while a batch is on its way', async () => {
    const cursor = await waiting();
    await client.close();
    expect(cursor.killed).to.equal(true);
    await until('no connection is open', () => simulator.openApplications.length === 0, 1000);
  });

  it('is refused in a session of the caller, and when it is tailable, before anything is sent', async () => {
    const session = client.startSession();
    const refused = [
      users.find({}, { prefetch: true, session }),
      users.aggregate([], { prefetch: true, session }),
      users.find({}, { prefetch: true, tailable: true }),
      users.find({}, { prefetch: true }).addCursorFlag('tailable', true)
    ];
    for (const cursor of refused) {
      const { error } = await settle(cursor.next());
      expect(error).to.be.instanceOf(MongoInvalidArgumentError);
      expect((error as Error).message).to.include('prefetch');
    }
    expect(commands).to.deep.equal([]);
    await session.endSession();
  });
});
