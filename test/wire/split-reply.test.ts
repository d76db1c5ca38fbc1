import { expect } from 'chai';
import { within } from '../support/bounds';
import { seededRandom } from '../support/random';
import { useStage } from '../support/stage';

describe('a reply that comes in pieces', () => {
  const stage = useStage();

  it('is read whatever byte it is split at', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.uri({ maxPoolSize: 1 }));
    const users = client.db('shop').collection<{ _id: number }>('users');
    let length = Infinity;
    simulator.on('find', (command, reply) => {
      const bytes = reply.frame(reply.cursor([command.filter]));
      length = bytes.length;
      return reply.split(bytes, [command.filter._id]);
    });
    for (let _id = 1; _id < length; _id++) {
      expect(await within(4000, 'the call', users.findOne({ _id }))).to.deep.equal({ _id });
    }
    expect(simulator.applications.length).to.equal(1);
  });

  it('is read byte by byte', async () => {
    const simulator = await stage.simulator();
    const client = stage.client(simulator.uri());
    simulator.on('find', (_command, reply) => {
      const bytes = reply.frame(reply.cursor([{ text: 'one at a time' }]));
      return reply.split(bytes, [...bytes.keys()].slice(1));
    });
    const found = await within(4000, 'the call', client.db('shop').collection('users').findOne({}));
    expect(found).to.deep.equal({ text: 'one at a time' });
  });

  it('is read through a network that splits everything at random', async () => {
    const simulator = await stage.simulator();
    const documents = Array.from({ length: 200 }, (_, _id) => ({ _id, text: 'x'.repeat(_id) }));
    simulator.on('find', (_command, reply) => reply.cursor(documents));
    const seed = Math.floor(seededRandom(performance.now())() * 1e9);
    const proxy = await stage.proxy(simulator, seed);
    proxy.weather.shred = true;
    const client = stage.client(`mongodb://127.0.0.1:${proxy.port}`);
    const users = client.db('shop').collection('users');
    const found = await within(10_000, `the call (seed ${seed})`, users.find({}).toArray());
    expect(found, `seed ${seed}`).to.deep.equal(documents);
  });
});
