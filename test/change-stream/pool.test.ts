import { expect } from 'chai';
import type { Collection, Document } from '../../lib';
import { failure, until, within } from '../support/bounds';
import { atRest } from '../support/pool-counts';
import { sharedServer } from '../support/server';
import { useStage } from '../support/stage';

describe('change streams and a small pool', () => {
  const stage = useStage();

  it('share its connections with everything else, in turn: more streams than connections', async function () {
    this.timeout(60_000);
    const client = stage.client((await sharedServer()).uri, { maxPoolSize: 2 });
    const users: Collection<Document> = client.db('motor_small_pool').collection('users');
    stage.after(() => users.db.dropDatabase());
    const streams = Array.from({ length: 3 }, () => users.watch([], { maxAwaitTimeMS: 50 }));
    await Promise.all(streams.map(stream => stream.tryNext()));
    const reading = streams.map(async stream => {
      const seen: number[] = [];
      for await (const change of stream) {
        if (change.operationType === 'insert' && seen.push(change.fullDocument.i) === 20) break;
      }
      return seen;
    });
    const all = Array.from({ length: 20 }, (_, i) => i);
    for (const i of all) {
      await users.insertOne({ i });
      expect(await users.countDocuments({ i })).to.equal(1);
    }
    for (const seen of await within(20_000, 'reading', Promise.all(reading))) expect(seen).to.deep.equal(all);
    await until('all is given back', () => atRest(client));
  });

  it('hold a connection while they wait for changes, and only then', async () => {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    const client = stage.client(simulator.uri({ maxPoolSize: 1, waitQueueTimeoutMS: 100 }));
    const users = client.db('shop').collection('users');
    simulator.on('aggregate', (_command, reply) => reply.cursor([], { id: 7n }));
    let answer = (): void => {};
    simulator.on('getMore', (_command, reply) => {
      answer = () =>
        reply.send(reply.cursor([{ _id: { at: 1 }, operationType: 'drop' }], { id: 7n, batch: 'nextBatch' }));
    });
    const stream = users.watch();
    const next = stream.next();
    await until('it waits', () => simulator.commands('getMore').length === 1);
    const error = await failure(users.findOne({}));
    expect(error.name).to.equal('MongoWaitQueueTimeoutError');
    expect(error.message).to.match(
      /pool 1\/1, 1 waiting, .*held longest by getMore on shop\.users, 0\.\d s$/
    );
    answer();
    expect((await next).operationType).to.equal('drop');
    expect(await users.findOne({})).to.equal(null);
  });
});
