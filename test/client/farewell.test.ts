import { expect } from 'chai';
import { within } from '../support/bounds';
import { useStage } from '../support/stage';

describe('a client that is closed', () => {
  const stage = useStage();

  it('ends every cursor that is open, also with fewer connections than cursors', async () => {
    const simulator = await stage.simulator();
    let id = 8n;
    simulator.on('find', (_command, reply) => reply.cursor([{ _id: 1 }], { id: ++id }));
    simulator.on('killCursors', () => ({ ok: 1 }));
    const client = stage.client(simulator.uri({ maxPoolSize: 1 }));
    const users = client.db('shop').collection('users');
    for (let i = 0; i < 3; i++) await users.find({}).next();
    await within(3000, 'closing', client.close());
    expect(
      simulator.commands('killCursors').map(({ command }) => String(command.cursors[0]))
    ).to.have.members(['9', '10', '11']);
  });
});
