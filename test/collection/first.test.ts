import { expect } from 'chai';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

const names = (simulator: Simulator): string[] =>
  simulator
    .commands()
    .map(({ name }) => name)
    .filter(name => ['find', 'aggregate', 'getMore', 'killCursors'].includes(name));

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
});
