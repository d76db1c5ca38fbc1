import { setTimeout as delay } from 'node:timers/promises';
import { pipeline } from 'node:stream/promises';
import { Writable } from 'node:stream';
import { BSON, Binary, type Document, Long, MongoInvalidArgumentError, ObjectId } from 'mongodb';
import { expect } from 'chai';
import { type Collection, MongoClient } from '../../lib';
import { failure, until } from '../support/bounds';
import { CursorLedger } from '../support/cursor-ledger';
import { sharedServer } from '../support/server';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';
import { styles } from '../support/styles';

const { EJSON } = BSON;

const DOCUMENTS = Array.from({ length: 250 }, (_, index) => ({
  _id: new ObjectId(),
  index,
  name: `Zoë "${index}"\n`,
  big: index % 10 === 0 ? Long.fromBigInt(2n ** 60n) : Long.fromNumber(index),
  price: index / 4,
  at: new Date(1.7e12 + index),
  content: new Binary(Buffer.from([index])),
  nested: { list: [index, null, { deep: true }], 2: 'b', 1: 'a' }
}));

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('the JSON of a cursor', () => {
  let client: MongoClient;
  let users: Collection<Document>;
  before(async function () {
    this.timeout(60_000);
    client = new MongoClient((await sharedServer()).uri);
    users = client.db('motor_json').collection('users');
    await users.deleteMany({});
    await users.insertMany(DOCUMENTS);
  });
  after(async () => {
    await client.db('motor_json').dropDatabase();
    await client.close();
  });

  const queries = {
    find: (options: Document) => users.find({}, { sort: { index: 1 }, ...options }),
    aggregate: (options: Document) => users.aggregate([{ $sort: { index: 1 } }], options)
  };

  for (const [kind, query] of Object.entries(queries)) {
    for (const [style, call] of Object.entries(styles)) {
      it(`is what is stringified of all documents (${kind}, ${style} style)`, async () => {
        const all = await query({}).toArray();
        const cursor = query({ batchSize: 60 });
        const plain = await call(cursor, 'jsonBuffer');
        expect(plain).to.be.instanceOf(Buffer);
        expect(String(plain)).to.equal(JSON.stringify(all));
        expect(cursor.closed).to.equal(true);
        expect(String(await call(cursor, 'jsonBuffer'))).to.equal('[]');
        for (const ejson of ['relaxed', 'canonical'] as const) {
          const expected = EJSON.stringify(all, { relaxed: ejson === 'relaxed' });
          expect(String(await call(query({}), 'jsonBuffer', { ejson }))).to.equal(expected);
        }
      });
    }

    it(`comes as a stream as well (${kind})`, async () => {
      const all = await query({}).toArray();
      const cursor = query({ batchSize: 60 });
      expect(await textOf(cursor.jsonStream())).to.equal(JSON.stringify(all));
      expect(cursor.closed).to.equal(true);
      const relaxed = query({}).jsonStream({ ejson: 'relaxed' });
      expect(await textOf(relaxed)).to.equal(EJSON.stringify(all));
      expect(await textOf(users.aggregate([{ $match: { none: 1 } }]).jsonStream())).to.equal('[]');
    });

    for (const [style, call] of Object.entries(styles)) {
      it(`is a line of each document where that is asked for (${kind}, ${style} style)`, async () => {
        const all = await query({}).toArray();
        const lines = all.map(document => JSON.stringify(document) + '\n').join('');
        expect(String(await call(query({ batchSize: 60 }), 'jsonBuffer', { lines: true }))).to.equal(lines);
        const relaxed = await call(query({}), 'jsonBuffer', { lines: true, ejson: 'relaxed' });
        expect(String(relaxed)).to.equal(all.map(document => EJSON.stringify(document) + '\n').join(''));
      });
    }

    it(`streams whole lines (${kind})`, async () => {
      const cursor = query({ batchSize: 60 });
      let text = '';
      for await (const piece of cursor.jsonStream({ lines: true }) as AsyncIterable<Buffer>) {
        expect(piece.at(-1)).to.equal(10); // what has come need not wait for the next document
        text += String(piece);
      }
      const all = await query({}).toArray();
      expect(text).to.equal(all.map(document => JSON.stringify(document) + '\n').join(''));
      expect(cursor.closed).to.equal(true);
    });

    it(`is no line of nothing (${kind})`, async () => {
      const none = () => users.aggregate([{ $match: { none: 1 } }]);
      expect(String(await none().jsonBuffer({ lines: true }))).to.equal('');
      expect(await textOf(none().jsonStream({ lines: true }))).to.equal('');
    });

    it(`is a line of all that map makes (${kind})`, async () => {
      const mapped = () => query({ batchSize: 60 }).map(({ index }) => (index % 2 ? { index } : undefined));
      const lines = String(await mapped().jsonBuffer({ lines: true })).split('\n');
      const all = (await mapped().toArray()).map(each => JSON.stringify(each ?? null)); // as in an array
      expect(lines).to.deep.equal([...all, '']);
    });

    it(`keeps the meaning of options (${kind})`, async () => {
      const meant = [
        ...[{ raw: true }, { promoteValues: false }, { promoteLongs: false }, { promoteBuffers: true }],
        ...[{ bsonRegExp: true }, { enableUtf8Validation: false }, { fieldsAsRaw: { list: true } }]
      ];
      for (const options of meant) {
        const all = await query(options).toArray();
        expect(String(await query(options).jsonBuffer()), JSON.stringify(options)).to.equal(
          JSON.stringify(all)
        );
      }
      const all = await query({ useBigInt64: true }).toArray();
      const canonical = await query({ useBigInt64: true }).jsonBuffer({ ejson: 'canonical' });
      expect(String(canonical)).to.equal(EJSON.stringify(all, { relaxed: false }));
      expect(await failure(query({ useBigInt64: true }).jsonBuffer())).to.be.instanceOf(TypeError);
    });

    it(`is of what map makes of the documents (${kind})`, async () => {
      const mapped = () => query({ batchSize: 60 }).map(({ index }) => (index % 2 ? { index } : undefined));
      const all = await mapped().toArray();
      expect(String(await mapped().jsonBuffer())).to.equal(JSON.stringify(all));
      expect(await textOf(mapped().jsonStream())).to.equal(JSON.stringify(all));
    });

    it(`is of the documents that are left, and anew after rewind and of a clone (${kind})`, async () => {
      const cursor = query({ batchSize: 60 });
      const first = await cursor.next();
      const rest = await cursor.jsonBuffer();
      cursor.rewind();
      const all = String(await cursor.jsonBuffer());
      expect(all).to.equal(`[${JSON.stringify(first)},${String(rest).slice(1)}`);
      expect(String(await cursor.clone().jsonBuffer())).to.equal(all);
    });

    it(`heeds a toJSON of the user's (${kind})`, async () => {
      const prototype = Long.prototype as { toJSON?: () => string };
      prototype.toJSON = function (this: Long) {
        return this.toString();
      };
      try {
        const all = await query({}).toArray();
        expect(String(await query({}).jsonBuffer())).to.equal(JSON.stringify(all));
        expect(JSON.stringify(all)).to.include('"1152921504606846976"');
      } finally {
        delete prototype.toJSON;
      }
    });

    it(`refuses options that it does not know (${kind})`, async () => {
      const wrong = [null, 'relaxed', { ejson: 'strict' }, { ejson: true }, { lines: 1 }, { lines: null }];
      for (const options of wrong as never[]) {
        expect(await failure(Promise.resolve(query({}).jsonBuffer(options)))).to.be.instanceOf(
          MongoInvalidArgumentError
        );
        expect(() => query({}).jsonStream(options)).to.throw(
          MongoInvalidArgumentError,
          /"(options|ejson|lines)"/
        );
      }
    });
  }

  it('is of no more documents than the limit', async () => {
    const limited = await users.find({}, { sort: { index: 1 }, limit: 70, batchSize: 30 }).jsonBuffer();
    expect(JSON.parse(String(limited))).to.have.length(70);
  });

  it('is of an explanation where that is asked for', async () => {
    const [explained] = JSON.parse(String(await users.find({}, { explain: 'queryPlanner' }).jsonBuffer()));
    expect(explained).to.have.property('ok', 1);
  });
});

describe('the stream of a cursor as JSON', () => {
  const ALL = Array.from({ length: 10 }, (_, _id) => ({ _id, text: 'x'.repeat(50_000) }));
  const stage = useStage();
  let simulator: Simulator;
  let ledger: CursorLedger;
  let users: Collection<Document>;
  beforeEach(async () => {
    simulator = await stage.simulator({ replicaSet: 'sim' });
    ledger = new CursorLedger(simulator, ALL);
    users = stage.client(simulator.uri()).db('shop').collection('users');
  });

  it('asks for no batch before the one before it is taken', async () => {
    const stream = users.find({}, { batchSize: 2 }).jsonStream();
    stream.read(0);
    await until('the first batch is there', () => stream.readableLength > 0);
    await delay(50);
    expect(simulator.commands('getMore')).to.have.length(0);
    expect(await textOf(stream)).to.equal(JSON.stringify(ALL));
    expect(simulator.commands('getMore').length).to.be.above(3);
  });

  it('closes the cursor when its reader goes away', async () => {
    const cursor = users.find({}, { batchSize: 2 });
    const failing = new Writable({ write: (_piece, _encoding, done) => done(new RangeError('gone')) });
    expect(await failure(pipeline(cursor.jsonStream(), failing))).to.have.property('message', 'gone');
    await until('the cursor is closed, here and on the server', () => cursor.closed && ledger.killed === 1);
    expect(ledger.open.size).to.equal(0);
  });

  it('fails with the error of a batch, and is never ended as if it were whole', async () => {
    simulator.once('getMore', (_command, reply) => reply.fail(8000, 'AtlasError', 'no more'));
    const cursor = users.find({}, { batchSize: 2 });
    const pieces: Buffer[] = [];
    const reading = (async () => {
      for await (const piece of cursor.jsonStream()) pieces.push(piece as Buffer);
    })();
    expect(await failure(reading)).to.have.property('message', 'no more');
    expect(Buffer.concat(pieces).toString()).to.equal(JSON.stringify(ALL.slice(0, 2)).slice(0, -1));
    expect(cursor.closed).to.equal(true);
  });

  it('fails with the reason of a signal', async () => {
    const controller = new AbortController();
    const cursor = users.find({}, { batchSize: 2, signal: controller.signal });
    const stream = cursor.jsonStream();
    const reading = (async () => {
      for await (const _piece of stream) controller.abort(new RangeError('enough'));
    })();
    expect(await failure(reading)).to.have.property('message', 'enough');
    await until('the cursor is closed', () => cursor.closed);
  });
});
