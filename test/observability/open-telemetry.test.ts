import { AsyncLocalStorage } from 'node:async_hooks';
import Module from 'node:module';
import { context, type Context, type ContextManager, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { GridFSBucket, MongoClient, type MongoClientOptions, MotorError } from '../../lib';
import { failure } from '../support/bounds';
import type { Simulator } from '../support/simulator';
import { sharedServer } from '../support/server';
import { useStage } from '../support/stage';
import { styles } from '../support/styles';
import { type RecordedSpan, SpanRecorder } from '../unified/span-recorder';

const ENABLED = 'OTEL_NODEJS_INSTRUMENTATION_MONGODB_ENABLED';
const TEXT = 'OTEL_NODEJS_INSTRUMENTATION_MONGODB_QUERY_TEXT_MAX_LENGTH';

/** The context of OpenTelemetry, kept as its own manager keeps it. */
class Contexts implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();

  active = (): Context => this.#storage.getStore() ?? ROOT_CONTEXT;
  with: ContextManager['with'] = (within, body, self, ...args) =>
    this.#storage.run(within, () => body.apply(self, args));
  bind = <T>(_within: Context, target: T): T => target;
  enable = (): this => this;
  disable = (): this => this;
}

type Tree = string | [string, ...Tree[]];

const tree = ({ name, nested }: RecordedSpan): Tree =>
  nested.length > 0 ? [name, ...nested.map(tree)] : name;

const flat = (spans: readonly RecordedSpan[]): RecordedSpan[] =>
  spans.flatMap(span => [span, ...flat(span.nested)]);

describe('tracing by OpenTelemetry', () => {
  const stage = useStage();
  let simulator: Simulator;
  let recorder: SpanRecorder;

  before(() => context.setGlobalContextManager(new Contexts()));
  after(() => context.disable());
  beforeEach(async () => {
    simulator = await stage.simulator({ replicaSet: 'sim' });
    recorder = new SpanRecorder();
  });
  afterEach(() => {
    delete process.env[ENABLED];
    delete process.env[TEXT];
    trace.disable();
  });

  const traced = (more: object = {}): MongoClientOptions => ({
    tracing: { enabled: true, tracerProvider: recorder, ...more }
  });

  for (const [style, call] of Object.entries(styles)) {
    it(`puts the spans of an operation inside that of its caller, in ${style} style`, async () => {
      const users = stage.client(simulator.uri(), traced()).db('shop').collection('users');
      const caller = recorder.startSpan('caller');
      await context.with(trace.setSpan(ROOT_CONTEXT, caller), async () => {
        await call(users, 'insertOne', { _id: 1 });
        await call(users.find({}), 'toArray');
      });
      await call(users, 'findOne', {});
      expect(recorder.spans.map(tree)).to.deep.equal([
        ['caller', ['insert shop.users', 'insert'], ['find shop.users', 'find']],
        ['find shop.users', 'find']
      ]);
      for (const span of flat(recorder.spans).slice(1)) expect(span.ended, span.name).to.equal(true);
    });
  }

  it('reports errors with the operation and with each of its attempts', async () => {
    const users = stage.client(simulator.uri(), traced()).db('shop').collection('users');
    simulator.once('find', (_command, reply) => reply.fail(91, 'ShutdownInProgress', 'bye'));
    simulator.on('find', (_command, reply) => reply.fail(2, 'BadValue', 'no'));
    await failure(users.findOne({}));
    const shown = flat(recorder.spans).map(({ name, attributes }) => [
      name,
      attributes['db.response.status_code'],
      attributes['exception.type'],
      attributes['exception.message']
    ]);
    expect(shown).to.deep.equal([
      ['find shop.users', undefined, 'MongoServerError', 'no'],
      ['find', '91', 'MongoServerError', 'bye'],
      ['find', '2', 'MongoServerError', 'no']
    ]);
    expect(recorder.spans[0]!.attributes['exception.stacktrace']).to.match(/^MongoServerError: no\n +at /);
  });

  it('tells the cursor that a getMore is about, not the one in its reply', async () => {
    simulator.once('find', (_command, reply) => reply.cursor([{ a: 1 }], { id: 5n }));
    simulator.once('getMore', (_command, reply) => reply.cursor([{ a: 2 }], { batch: 'nextBatch' }));
    const users = stage.client(simulator.uri(), traced()).db('shop').collection('users');
    await users.find({}).toArray();
    expect(recorder.spans.map(tree)).to.deep.equal([
      ['find shop.users', 'find'],
      ['getMore shop.users', 'getMore']
    ]);
    for (const { nested } of recorder.spans)
      expect(nested[0]!.attributes).to.include({ 'db.mongodb.cursor_id': 5 });
  });

  it('gives as much of a command as is asked for, and nothing of one that carries credentials', async () => {
    simulator.on('createUser', () => ({})).on('saslStart', () => ({}));
    for (const queryTextMaxLength of [0, 20, 10_000]) {
      const client = stage.client(simulator.uri(), traced({ queryTextMaxLength }));
      await client.db('shop').collection('users').findOne({ name: 'Ada' });
      await client.db('admin').command({ createUser: 'ada', pwd: 'hunter2', roles: [] });
      await client.db('admin').command({ saslStart: 1, payload: 'hunter2' });
    }
    const texts = flat(recorder.spans).map(({ attributes }) => attributes['db.query.text'] as unknown);
    expect(texts.filter(text => text !== undefined)).to.deep.equal([
      '{"find":"users","fil...',
      '{"find":"users","filter":{"name":"Ada"},"limit":1,"singleBatch":true}'
    ]);
    expect(JSON.stringify(flat(recorder.spans).map(({ attributes }) => attributes))).not.to.include(
      'hunter2'
    );
    expect(flat(recorder.spans).map(({ name }) => name)).not.to.include.members(['saslStart', 'createUser']);
  });

  it('is off unless it is asked for', async () => {
    trace.setGlobalTracerProvider(recorder);
    const client = stage.client(simulator.uri());
    await client.db('shop').collection('users').findOne({});
    expect(recorder.spans).to.deep.equal([]);
  });

  it('is switched on and off by the environment, whose last word is the option', async () => {
    trace.setGlobalTracerProvider(recorder);
    const find = async (options?: MongoClientOptions): Promise<number> => {
      const client = stage.client(simulator.uri(), options);
      const before = recorder.spans.length;
      await client.db('shop').collection('users').findOne({});
      return recorder.spans.length - before;
    };
    process.env[ENABLED] = 'false';
    expect(await find()).to.equal(0);
    expect(await find({ tracing: { enabled: true } } as MongoClientOptions)).to.equal(1);
    process.env[ENABLED] = 'true';
    expect(await find()).to.equal(1);
    expect(await find({ tracing: { enabled: false } } as MongoClientOptions)).to.equal(0);
    process.env[TEXT] = '1024';
    expect(await find()).to.equal(1);
    expect(recorder.spans.at(-1)!.nested[0]!.attributes).to.include.keys('db.query.text');
    delete process.env[TEXT];
    expect(await find()).to.equal(1);
    expect(recorder.spans.at(-1)!.nested[0]!.attributes).not.to.include.keys('db.query.text');
  });

  it('says what to install when it is asked for and cannot be', () => {
    const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
    const load = loader._load;
    loader._load = (request, ...rest) => {
      if (request === '@opentelemetry/api') throw new Error(`Cannot find module '${request}'`);
      return load.call(loader, request, ...rest);
    };
    try {
      expect(() => new MongoClient('mongodb://localhost', traced()))
        .to.throw(MotorError, 'npm install @opentelemetry/api')
        .with.property('code', 'ERR_NO_OPENTELEMETRY');
      new MongoClient('mongodb://localhost', { tracing: { enabled: false } } as MongoClientOptions);
    } finally {
      loader._load = load;
    }
  });

  it('traces clients that ask for it, and not those beside them', async () => {
    const quiet = stage.client(simulator.uri()).db('shop').collection('users');
    await stage.client(simulator.uri(), traced()).db('shop').collection('users').findOne({});
    await quiet.findOne({});
    expect(recorder.spans.map(tree)).to.deep.equal([['find shop.users', 'find']]);
  });

  it('covers change streams, GridFS, bulk writes and transactions, which have a span around them', async function () {
    this.timeout(30_000);
    const { uri } = await sharedServer();
    const client = stage.client(uri, traced());
    const db = client.db('traced');
    await db.dropDatabase();
    const users = db.collection<{ _id: number }>('users');
    await users.insertMany([{ _id: 1 }, { _id: 2 }]);
    recorder.spans.length = 0;

    await users.bulkWrite([{ insertOne: { document: { _id: 3 } } }, { deleteOne: { filter: { _id: 1 } } }]);
    await client.withSession(session =>
      session.withTransaction(async () => {
        await users.insertOne({ _id: 4 }, { session });
        await users.find({}, { session, batchSize: 2 }).toArray();
      })
    );
    const changes = users.watch();
    await changes.tryNext();
    await changes.close();
    const file = new GridFSBucket(db).openUploadStream('file');
    await new Promise(resolve => file.end('text', () => resolve(undefined)));

    const shown = recorder.spans.map(tree).map(span => JSON.stringify(span));
    expect(shown.slice(0, 3)).to.deep.equal([
      '["insert traced.users","insert"]',
      '["delete traced.users","delete"]',
      JSON.stringify([
        'transaction',
        ['insert traced.users', 'insert'],
        ['find traced.users', 'find'],
        ['getMore traced.users', 'getMore'],
        ['commitTransaction admin', 'commitTransaction']
      ])
    ]);
    expect(shown).to.include('["aggregate traced.users","aggregate"]');
    expect(shown).to.include('["insert traced.fs.chunks","insert"]');
    expect(shown).to.include('["insert traced.fs.files","insert"]');
    for (const span of flat(recorder.spans)) expect(span.ended, span.name).to.equal(true);
  });
});
