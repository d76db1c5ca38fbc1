import { expect } from 'chai';
import { once } from 'node:events';
import type * as driver from 'mongodb';
import { ChangeStream, type Collection, coroutine, type Document } from '../../lib';
import { failure, settle, until } from '../support/bounds';
import { type Case, sameAsTheDriver, type Subject } from '../support/parity';
import { sharedServer } from '../support/server';
import { useStage } from '../support/stage';

type Watched = Pick<driver.MongoClient | driver.Db | driver.Collection, 'watch'>;
type Event = { operationType: string; fullDocument?: unknown; documentKey?: unknown; ns?: unknown } | null;

const patience = { maxAwaitTimeMS: 100 };

const essence = (change: unknown): unknown => {
  const event = change as Event;
  return event && [event.operationType, event.fullDocument, event.documentKey, event.ns];
};

/** Opens a stream, so that it sees what comes then. */
async function opened(watched: Watched, { call, client }: Subject): Promise<driver.ChangeStream> {
  const stream = watched.watch([{ $match: { 'ns.db': 'motor_changes' } }], patience);
  expect(stream instanceof ChangeStream).to.equal('callerStack' in client);
  expect(await call(stream, 'tryNext')).to.equal(null);
  return stream;
}

const read =
  (what: (subject: Subject) => Watched): Case =>
  async subject => {
    const { users, call } = subject;
    const stream = await opened(what(subject), subject);
    await call(users, 'insertOne', { _id: 3 });
    const seen = [await call(stream, 'hasNext'), essence(await call(stream, 'next'))];
    await call(users, 'updateOne', { _id: 3 }, { $set: { a: 1 } });
    await call(users, 'deleteOne', { _id: 3 });
    seen.push(essence(await call(stream, 'next')), essence(await call(stream, 'next')));
    seen.push(await call(stream, 'tryNext'), stream.closed, await call(stream, 'close'), stream.closed);
    return [...seen, await settle(call(stream, 'next')), await settle(call(stream, 'tryNext'))];
  };

const cases: Record<string, Case> = {
  'of a collection': read(({ users }) => users),
  'of a database': read(({ db }) => db),
  'of all databases': read(({ client }) => client),
  'disposed of': async subject => {
    const stream = await opened(subject.users, subject);
    await subject.call({ dispose: stream[Symbol.asyncDispose].bind(stream) }, 'dispose');
    return stream.closed;
  },
  'used in two ways': async subject => {
    const stream = await opened(subject.users, subject);
    stream.on('error', () => {});
    const both = await settle((async () => void stream.on('change', () => {}))());
    await subject.call(stream, 'close');
    return both;
  },
  'with no pipeline at all': async ({ users, call }) => {
    const stream = users.watch([{ $nope: 1 }]);
    return [await settle(call(stream, 'next')), stream.closed];
  }
};

describe('a change stream', () => {
  sameAsTheDriver('motor_changes', [{ _id: 1 }], cases);
});

describe('a change stream that is read', () => {
  const stage = useStage();
  let users: Collection<Document>;
  let stream: ChangeStream;
  beforeEach(async function () {
    this.timeout(60_000);
    const client = stage.client((await sharedServer()).uri);
    users = client.db('motor_changes_read').collection('users');
    await users.deleteMany({});
    stage.after(() => users.db.dropDatabase());
    stream = users.watch([], patience);
    await stream.tryNext();
  });

  const write = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await users.insertOne({ i });
  };
  const number = (change: unknown): number => (change as { fullDocument: { i: number } }).fullDocument.i;

  it('by for await gives every change, and is closed when the loop is left', async () => {
    const writing = write(5);
    const seen: number[] = [];
    for await (const change of stream) if (seen.push(number(change)) === 5) break;
    await writing;
    expect(seen).to.deep.equal([0, 1, 2, 3, 4]);
    expect(stream.closed).to.equal(true);
  });

  it('by listeners gives every change, also to one that comes back', async () => {
    const seen: number[] = [];
    const see = (change: object): unknown => seen.push(number(change));
    const emitting = users.watch([], patience);
    stage.after(() => emitting.close());
    emitting.on('change', see);
    await once(emitting, 'resumeTokenChanged');
    await write(3);
    await until('all are seen', () => seen.length === 3);
    emitting.off('change', see);
    emitting.on('change', see);
    await write(2);
    await until('the others are seen', () => seen.length === 5);
    expect(seen).to.deep.equal([0, 1, 2, 0, 1]);
    const closed = once(emitting, 'close');
    await emitting.close();
    await closed;
  });

  it('by a Readable gives every change', async () => {
    const readable = stream.stream();
    const writing = write(3);
    const seen: number[] = [];
    for await (const change of readable) if (seen.push(number(change)) === 3) break;
    await writing;
    expect(seen).to.deep.equal([0, 1, 2]);
  });

  it('by a coroutine gives every change', async () => {
    const writing = write(3);
    const seen = await coroutine(function* () {
      const read: number[] = [];
      while (read.length < 3 && (yield* stream.hasNext())) read.push(number(yield* stream.next()));
      yield* stream.close();
      return read;
    })();
    await writing;
    expect(seen).to.deep.equal([0, 1, 2]);
  });

  it('while it is closed tells its reader so', async () => {
    const reading = failure(stream.next());
    await stream.close();
    expect((await reading).message).to.equal('ChangeStream is closed');
  });
});
