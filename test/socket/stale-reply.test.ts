import { expect } from 'chai';
import { failure, settle, until, within } from '../support/bounds';
import { atRest, poolOf } from '../support/pool-counts';
import { seededRandom } from '../support/random';
import { pause } from '../support/simulator-reply';
import { useStage } from '../support/stage';

interface Tagged {
  _id: number;
}

// Every reply carries its caller's own number, so that a reply to somebody else is seen at once.
describe('a reply that nobody waits for any more', () => {
  const stage = useStage();

  it('never reaches another caller after a time-out', async () => {
    const simulator = await stage.simulator();
    const random = seededRandom(3);
    simulator.on('find', (command, reply) => reply.later(random() * 150, reply.cursor([command.filter])));
    const client = stage.client(simulator.uri({ maxPoolSize: 4, retryReads: false, socketTimeoutMS: 60 }));
    const users = client.db('shop').collection<Tagged>('users');
    await client.connect();
    let late = 0;
    for (let round = 0; round < 10; round++) {
      const ids = Array.from({ length: 4 }, (_, i) => round * 4 + i);
      const calls = ids.map(_id => within(3000, 'the call', settle(users.findOne({ _id }))));
      for (const [i, { value, error }] of (await Promise.all(calls)).entries()) {
        if (error) expect(error.name).to.equal('MongoNetworkTimeoutError');
        else expect(value).to.deep.equal({ _id: ids[i] });
        if (error) late++;
      }
    }
    expect(late).to.be.within(1, 39);
    const closed = () => simulator.applications.length - simulator.openApplications.length;
    await until('each late call has closed its connection', () => closed() >= late);
    expect(atRest(client)).to.equal(true);
    expect(poolOf(client).totalConnectionCount).to.equal(simulator.openApplications.length);
  });

  it('never reaches another caller when the call is aborted at any byte of it', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.uri({ maxPoolSize: 1, retryReads: false }));
    const users = client.db('shop').collection<Tagged>('users');
    let length = Infinity;
    for (let bytes = 0; bytes < length; bytes++) {
      const abort = new AbortController();
      simulator.once('find', async (command, reply) => {
        const whole = reply.frame(reply.cursor([{ _id: command.filter._id }]));
        length = whole.length;
        reply.connection.write(whole.subarray(0, bytes));
        await pause('turn');
        await pause('turn');
        abort.abort();
        reply.connection.write(whole.subarray(bytes));
      });
      const error = await failure(users.findOne({ _id: bytes }, { signal: abort.signal }));
      expect(error.name).to.equal('AbortError');
      simulator.once('find', (command, reply) => reply.cursor([{ _id: command.filter._id }]));
      const next = await within(4000, 'the next call', users.findOne({ _id: 1000 + bytes }));
      expect(next).to.deep.equal({ _id: 1000 + bytes });
    }
    await until('aborted connections are closed', () => simulator.openApplications.length === 1);
    expect(atRest(client)).to.equal(true);
  });

  it('never reaches another caller when it is a second reply to the same request', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.uri({ maxPoolSize: 1, retryReads: false }));
    const users = client.db('shop').collection<Tagged>('users');
    simulator.on('find', (command, reply) => {
      const bytes = reply.frame(reply.cursor([{ _id: command.filter._id }]));
      reply.connection.write(command.filter._id === 1 ? Buffer.concat([bytes, bytes]) : bytes);
    });
    expect(await users.findOne({ _id: 1 })).to.deep.equal({ _id: 1 });
    const next = await within(4000, 'the next call', settle(users.findOne({ _id: 2 })));
    if (next.error) expect(next.error.name).to.match(/^Mongo/);
    else expect(next.value).to.deep.equal({ _id: 2 });
    expect(await within(4000, 'the third call', users.findOne({ _id: 3 }))).to.deep.equal({ _id: 3 });
  });
});
