import { expect } from 'chai';
import { failure, until, within } from '../support/bounds';
import { MongoError } from '../support/motor';
import { atRest } from '../support/pool-counts';
import { useStage } from '../support/stage';

// Which request a reply claims to answer, from the id of the request it is sent for.
const wrong: Record<string, (requestId: number) => number> = {
  'the request before': requestId => requestId - 1,
  'the request after': requestId => requestId + 1,
  'a request of a far future': requestId => requestId + 100_000,
  'no request': () => 0,
  'a negative id': requestId => -requestId,
  'the largest id': () => 2 ** 31 - 1
};

describe('a reply to another request', () => {
  const stage = useStage();

  for (const [claim, responseTo] of Object.entries(wrong)) {
    it(`is not accepted: ${claim}`, async () => {
      const simulator = await stage.simulator();
      simulator.on('find', (command, reply) => {
        const answer = reply.cursor([command.filter]);
        const lie = command.filter._id === 2;
        reply.send(answer, lie ? { responseTo: responseTo(reply.request.requestId) } : {});
      });
      const client = stage.client(simulator.uri({ maxPoolSize: 1, retryReads: false }));
      const users = client.db('shop').collection<{ _id: number }>('users');
      expect(await users.findOne({ _id: 1 })).to.deep.equal({ _id: 1 });
      expect(await failure(users.findOne({ _id: 2 }), 2000)).to.be.instanceOf(MongoError);
      expect(await within(4000, 'the next call', users.findOne({ _id: 3 }))).to.deep.equal({ _id: 3 });
      expect(simulator.applications.length, 'the connection is closed, the next call has another').to.equal(
        2
      );
      await until('the pool is at rest', () => atRest(client));
    });
  }

  it('is an error to its own caller only', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (command, reply) => {
      const responseTo = command.filter._id === 2 ? reply.request.requestId + 1 : reply.request.requestId;
      reply.send(reply.cursor([command.filter]), { responseTo });
    });
    const client = stage.client(simulator.uri({ retryReads: false }));
    const users = client.db('shop').collection<{ _id: number }>('users');
    await client.connect();
    const [first, second, third] = [1, 2, 3].map(_id => users.findOne({ _id }));
    expect(await failure(second!, 2000)).to.be.instanceOf(MongoError);
    expect(await first).to.deep.equal({ _id: 1 });
    expect(await third).to.deep.equal({ _id: 3 });
  });
});
