import { expect } from 'chai';
import { MongoClient as DriverClient, type Sort } from 'mongodb';
import { MongoClient } from '../support/motor';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

const names = (simulator: Simulator): string[] =>
  simulator
    .commands()
    .map(({ name }) => name)
    .filter(name => ['find', 'aggregate', 'getMore', 'killCursors'].includes(name));

const sorts: Record<string, Sort> = {
  'an empty object': {},
  'an empty list': [],
  'an empty map': new Map(),
  'an empty name': '',
  'a name': 'a',
  'an object': { b: -1, a: 'asc' },
  names: ['b', 'a'],
  'a pair': ['a', -1],
  pairs: [
    ['b', 1],
    ['a', 'descending']
  ],
  'a map': new Map([['a', -1]])
};

describe('reading one document', () => {
  const stage = useStage();

  async function users(simulator: Simulator) {
    return stage.client(simulator.uri()).db('shop').collection('users');
  }

  it('asks for no more when the server has ended the cursor', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (_command, reply) => reply.cursor([{ _id: 1 }]));
    expect(await (await users(simulator)).findOne({})).to.deep.equal({ _id: 1 });
    expect(names(simulator)).to.deep.equal(['find']);
  });

  it('closes a cursor that the server has left open', async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (_command, reply) => reply.cursor([{ _id: 1 }], { id: 9n }));
    expect(await (await users(simulator)).findOne({})).to.deep.equal({ _id: 1 });
    expect(names(simulator)).to.deep.equal(['find', 'killCursors']);
  });

  it('waits for a document that the first batch does not have yet', async () => {
    const simulator = await stage.simulator();
    simulator.on('aggregate', (_command, reply) => reply.cursor([], { id: 9n }));
    simulator.on('getMore', (_command, reply) => reply.cursor([{ _id: 1, n: 5 }], { batch: 'nextBatch' }));
    expect(await (await users(simulator)).countDocuments({})).to.equal(5);
    expect(names(simulator)).to.include.members(['getMore', 'killCursors']);
  });

  for (const [kind, sort] of Object.entries(sorts)) {
    it(`asks as the driver does, sorted by ${kind}`, async () => {
      const commands = [MongoClient, DriverClient].map(async Client => {
        const simulator = await stage.simulator();
        const client = new Client(simulator.uri());
        stage.after(() => client.close());
        await client.db('shop').collection('users').findOne({}, { sort });
        const { lsid: _, ...command } = simulator.commands('find')[0]!.command;
        return JSON.stringify(command);
      });
      const [ours, drivers] = await Promise.all(commands);
      expect(ours).to.equal(drivers);
    });
  }
});
