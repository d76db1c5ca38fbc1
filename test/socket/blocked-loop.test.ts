import { expect } from 'chai';
import { within } from '../support/bounds';
import { useStage } from '../support/stage';

describe('a loop that was blocked beyond socketTimeoutMS', () => {
  const stage = useStage();

  it('reads the reply that is already there before it gives up', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (command, reply) => {
      reply.send(reply.cursor([command.filter]));
      const end = performance.now() + 150;
      while (performance.now() < end);
    });
    const client = stage.client(simulator.uri({ socketTimeoutMS: 60, maxPoolSize: 1, retryReads: false }));
    const users = client.db('shop').collection<{ _id: number }>('users');
    for (let _id = 0; _id < 5; _id++) {
      expect(await within(4000, 'the call', users.findOne({ _id }))).to.deep.equal({ _id });
    }
    expect(simulator.applications.length).to.equal(1);
  });
});
