import { expect } from 'chai';
import { failure, until, within } from '../support/bounds';
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

  for (const options of [{}, { prefetch: true }]) {
    it(`ends a cursor that asks for more on its only connection: ${JSON.stringify(options)}`, async () => {
      const simulator = await stage.simulator({ replicaSet: 'sim' });
      simulator.on('find', (_command, reply) => reply.cursor([{ _id: 1 }], { id: 9n }));
      simulator.on('getMore', () => undefined);
      simulator.on('killCursors', () => ({ ok: 1 }));
      const client = stage.client(simulator.uri({ maxPoolSize: 1 }));
      const reading = failure(client.db('shop').collection('users').find({}, options).toArray());
      await until('it asks for more', () => simulator.commands('getMore').length === 1);
      await within(3000, 'closing', client.close());
      expect((await reading).name).to.equal('MongoClientClosedError');
      expect(
        simulator.commands('killCursors').map(({ command }) => String(command.cursors[0]))
      ).to.deep.equal(['9']);
      await until('sessions are ended', () => simulator.commands('endSessions').length === 1); // that waits for no reply
    });
  }

  it('takes no more than a moment when no connection can be opened for that', async () => {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    simulator.on('find', (_command, reply) => reply.cursor([{ _id: 1 }], { id: 9n }));
    simulator.on('getMore', () => undefined);
    const client = stage.client(simulator.taggedUri({}));
    const reading = failure(client.db('shop').collection('users').find({}).toArray());
    await until('it asks for more', () => simulator.commands('getMore').length === 1);
    const handshakes = simulator.holdHandshakes();
    await within(4000, 'closing', client.close());
    expect(handshakes.held, 'connections for the farewells').to.have.length.above(0);
    expect((await reading).name).to.equal('MongoClientClosedError');
    expect(simulator.commands('killCursors')).to.deep.equal([]);
    await until('every socket is closed', () => simulator.open.length === 0);
  });
});
