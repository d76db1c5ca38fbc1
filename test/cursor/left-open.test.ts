import { expect } from 'chai';
import type { Db, MongoClient } from '../../lib';
import { settle, sleep, until } from '../support/bounds';
import { CursorLedger } from '../support/cursor-ledger';
import { activeSessions } from '../support/inside';
import { nothingIsLeft } from '../support/nothing-is-left';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';
import { ways, type Cursor, type Numbered } from './ways-to-leave';

interface Options {
  batchSize: number;
  signal: AbortSignal;
}

/** Cursors of each kind, over what the ledger has. */
const kinds: Record<string, (db: Db, options: Options) => Cursor> = {
  find: (db, options) => db.collection<Numbered>('users').find({}, options),
  aggregate: (db, options) => db.collection('users').aggregate<Numbered>([], options),
  listCollections: (db, options) => db.listCollections({}, options) as object as Cursor,
  listIndexes: (db, options) => db.collection('users').listIndexes(options),
  listSearchIndexes: (db, options) => db.collection('users').listSearchIndexes(options) as object as Cursor,
  runCursorCommand: (db, { batchSize, signal }) =>
    db.runCursorCommand({ find: 'users', batchSize }, Object({ signal })).setBatchSize(batchSize)
};

describe('a cursor that is left', () => {
  const stage = useStage();

  async function setUp(): Promise<{ client: MongoClient; simulator: Simulator; ledger: CursorLedger }> {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    const ledger = new CursorLedger(
      simulator,
      Array.from({ length: 10 }, (_, _id) => ({ _id }))
    );
    return { client: stage.client(simulator.uri({ retryReads: false })), simulator, ledger };
  }

  for (const [name, { leave, kills }] of Object.entries(ways)) {
    for (const [kind, make] of Object.entries(kinds)) {
      it(`${name} is closed on the server, and has given its session and connection back (${kind})`, async () => {
        const { client, simulator, ledger } = await setUp();
        const abort = new AbortController();
        const cursor = make(client.db('shop'), { batchSize: 3, signal: abort.signal });
        await leave(cursor, abort, simulator);
        await nothingIsLeft(client, ledger);
        expect(ledger.opened).to.equal(1);
        expect(ledger.killed, 'killCursors').to.equal(kills);
      });
    }
  }

  for (const [kind, make] of Object.entries(kinds)) {
    it(`when its client is closed is closed on the server before (${kind})`, async () => {
      const { client, ledger } = await setUp();
      const cursor = make(client.db('shop'), { batchSize: 3, signal: new AbortController().signal });
      await cursor.next();
      expect(ledger.open.size).to.equal(1);
      await client.close();
      expect(ledger.open.size).to.equal(0);
      expect(cursor.killed).to.equal(true);
    });
  }

  for (const batchSize of [1, 2, 3, 4, 5, 9]) {
    it(`at its limit is not open, for a server that goes on beyond it: in batches of ${batchSize}`, async () => {
      const { client, simulator, ledger } = await setUp();
      simulator.on('find', (command, reply) => {
        const documents = Array.from({ length: command.batchSize }, (_, _id) => ({ _id }));
        ledger.open.set(
          5n,
          Array.from({ length: 10 }, (_, _id) => ({ _id }))
        );
        return reply.cursor(documents, { id: 5n });
      });
      const found = await client.db('shop').collection('users').find({}, { limit: 4, batchSize }).toArray();
      expect(found.length).to.be.at.least(4);
      await until('no cursor is open', () => ledger.open.size === 0, 1000);
      expect(activeSessions(client)).to.equal(0);
    });
  }

  it('by findOne is closed, when the server has kept it open against what it was asked', async () => {
    const { client, simulator, ledger } = await setUp();
    simulator.on('find', (_command, reply) => {
      ledger.open.set(5n, [{ _id: 2 }]);
      return reply.cursor([{ _id: 1 }], { id: 5n });
    });
    expect(await client.db('shop').collection<Numbered>('users').findOne({})).to.deep.equal({ _id: 1 });
    expect(ledger.open.size).to.equal(0);
  });

  it('by close while a batch is on its way is closed on the server', async () => {
    const { client, simulator, ledger } = await setUp();
    const cursor = client.db('shop').collection<Numbered>('users').find({}, { batchSize: 3 });
    for (let i = 0; i < 3; i++) await cursor.next();
    simulator.once(
      'getMore',
      (_command, reply) => void reply.later(30, reply.cursor([{ _id: 3 }], { id: 1n, batch: 'nextBatch' }))
    );
    const reading = settle(cursor.next());
    await sleep(5);
    await cursor.close();
    await reading;
    await nothingIsLeft(client, ledger);
  });
});
