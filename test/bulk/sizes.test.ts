import { expect } from 'chai';
import * as driver from 'mongodb';
import { BSON, type Document } from 'mongodb';
import { failure, settle } from '../support/bounds';
import { MongoClient } from '../support/motor';
import { sharedServer } from '../support/server';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

const MIB = 1 << 20;
const LIMIT = 16 * MIB;

/** A document of so many bytes. */
function sized(bytes: number, _id = 1): Document {
  const empty = BSON.calculateObjectSize({ _id, text: '' });
  return { _id, text: 'x'.repeat(bytes - empty) };
}

type Write = (client: driver.MongoClient, document: Document) => PromiseLike<unknown>;

const users = (client: driver.MongoClient) => client.db('motor_bulk_sizes').collection<Document>('users');

const writes: Record<string, Write> = {
  insertMany: (client, document) => users(client).insertMany([document]),
  'insertMany after another': (client, document) => users(client).insertMany([{ _id: 0 }, document]),
  bulkWrite: (client, document) => users(client).bulkWrite([{ insertOne: { document } }], { ordered: false }),
  'a bulk operation': (client, document) => {
    const bulk = users(client).initializeOrderedBulkOp();
    return Promise.resolve(document).then(given => bulk.insert(given).execute());
  },
  'client.bulkWrite': (client, document) =>
    client.bulkWrite([{ namespace: 'motor_bulk_sizes.users', name: 'insertOne', document }])
};

describe('a bulk write of a document at the limit of 16 MiB', () => {
  let theirs: driver.MongoClient;
  let ours: MongoClient;
  let opened = 0;

  before(async function () {
    this.timeout(60_000);
    const { uri } = await sharedServer();
    theirs = new driver.MongoClient(uri);
    ours = new MongoClient(uri, { maxPoolSize: 1 });
    await Promise.all([theirs.connect(), ours.connect()]);
    await users(ours).findOne();
    ours.on('connectionCreated', () => opened++);
  });
  after(async () => {
    await theirs.db('motor_bulk_sizes').dropDatabase();
    await Promise.all([theirs.close(), ours.close()]);
  });

  async function outcome(client: driver.MongoClient, write: Write, bytes: number): Promise<unknown> {
    await users(client).deleteMany({});
    const { value, error } = await settle(write(client, sized(bytes)));
    const kept = await users(client).countDocuments({});
    return { value, error: error && [error.constructor, error.message], kept };
  }

  for (const [name, write] of Object.entries(writes)) {
    for (const [size, bytes] of Object.entries({
      'a byte less': LIMIT - 1,
      'just that': LIMIT,
      'a byte more': LIMIT + 1,
      '16 KiB more': LIMIT + 16 * 1024
    })) {
      it(`${name}, ${size}: gives what the driver gives, and keeps its connection`, async function () {
        this.timeout(30_000);
        const before = opened;
        expect(await outcome(ours, write, bytes)).to.deep.equal(await outcome(theirs, write, bytes));
        expect(opened, 'connections opened meanwhile').to.equal(before);
      });
    }
  }
});

describe('a bulk write of very much', () => {
  const stage = useStage();

  /** A client of one connection, and the lengths of the messages that it sends. */
  async function measured(
    hello?: Document
  ): Promise<{ client: MongoClient; simulator: Simulator; lengths: number[] }> {
    const simulator = await stage.simulator({ hello });
    simulator.on('bulkWrite', ({ ops }, reply) => ({
      ...reply.cursor([]),
      ...{ nInserted: ops.length, nUpserted: 0, nMatched: 0, nModified: 0, nDeleted: 0, nErrors: 0 }
    }));
    const client = stage.client(simulator.uri({ maxPoolSize: 1 }));
    await client.connect();
    await users(client).findOne();
    const lengths: number[] = [];
    simulator.onHeader = ({ length }, { kind }) => kind === 'application' && lengths.push(length);
    return { client, simulator, lengths };
  }

  const documents = (count: number, bytes: number): Document[] =>
    Array.from({ length: count }, (_, _id) => sized(bytes, _id));

  it('sends no message of more than 48 MB, of documents of 10 MiB', async function () {
    this.timeout(30_000);
    const { client, lengths } = await measured();
    const models = documents(9, 10 * MIB).map(
      document => ({ namespace: 'a.b', name: 'insertOne', document }) as const
    );
    expect(await client.bulkWrite(models)).to.include({ insertedCount: 9 });
    expect(Math.max(...lengths)).to.be.within(40 * MIB, 48_000_000);
    lengths.length = 0;
    expect(await users(client).insertMany(documents(5, 10 * MIB))).to.include({ insertedCount: 5 });
    expect(lengths).to.have.length(5);
  });

  it('writes a hundred thousand documents on one connection, each once', async function () {
    this.timeout(60_000);
    const { client, simulator } = await measured();
    const all = documents(100_000, 40);
    const { insertedCount, insertedIds } = await users(client).insertMany(all);
    expect([insertedCount, insertedIds[0], insertedIds[99_999]]).to.deep.equal([100_000, 0, 99_999]);
    const models = all.map(document => ({ namespace: 'a.b', name: 'insertOne', document }) as const);
    expect(await client.bulkWrite(models)).to.include({ insertedCount: 100_000 });
    const updates = all.map(({ _id }) => ({ updateOne: { filter: { _id }, update: { $inc: { a: 1 } } } }));
    expect(await users(client).bulkWrite(updates)).to.include({ matchedCount: 100_000 });
    const sent = simulator
      .commands()
      .flatMap(({ command }) => command.documents ?? command.ops ?? command.updates ?? []);
    expect(sent).to.have.length(300_000);
    expect(simulator.openApplications).to.have.length(1);
  });

  it('tells of a hundred thousand errors', async function () {
    this.timeout(60_000);
    const { client, simulator } = await measured();
    simulator.on('insert', ({ documents }) => ({
      n: 0,
      writeErrors: (documents as Document[]).map((_, index) => ({ index, code: 11000, errmsg: 'E11000' }))
    }));
    const error = await failure(users(client).insertMany(documents(100_000, 40), { ordered: false }), 50_000);
    expect(error).to.be.instanceOf(driver.MongoBulkWriteError);
    const { result, writeErrors } = error as driver.MongoBulkWriteError;
    expect(writeErrors).to.have.length(100_000);
    expect(result.insertedIds).to.deep.equal({});
  });

  it('refuses an operation that fits into no message, and sends none', async () => {
    const { client, lengths } = await measured({ maxMessageSizeBytes: 2000 });
    const write = client.bulkWrite([
      { namespace: 'a.b', name: 'insertOne', document: sized(300) },
      { namespace: 'a.b', name: 'insertOne', document: sized(3000) }
    ]);
    const error = await failure(write);
    expect(error).to.be.instanceOf(driver.MongoInvalidArgumentError);
    expect(error.message).to.equal(
      'Client bulk write operation 1 is larger than a message may be: 2000 bytes'
    );
    expect(lengths).to.have.length(1);
    expect(await users(client).findOne()).to.equal(null);
  });
});
