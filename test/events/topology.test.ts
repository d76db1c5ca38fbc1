import { expect } from 'chai';
import * as driver from 'mongodb';
import { MongoClient } from '../../lib';
import { settle } from '../support/bounds';
import { useStage } from '../support/stage';

/** Heartbeats come as time passes, and are left out. */
const EVENTS = [
  'topologyOpening',
  'topologyDescriptionChanged',
  'topologyClosed',
  'serverOpening',
  'serverDescriptionChanged',
  'serverClosed'
] as const;

type Description = { type: string; servers?: Map<string, { type: string }> };
type Change = {
  constructor: { name: string };
  previousDescription?: Description;
  newDescription?: Description;
};

const shown = ({ type, servers }: Description): unknown => [
  type,
  [...(servers?.values() ?? [])].map(server => server.type)
];

describe('the topology events of a client', () => {
  const stage = useStage();

  async function eventsOf(Client: typeof driver.MongoClient): Promise<unknown[]> {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    const client = new Client(simulator.uri());
    stage.after(() => client.close());
    const events: unknown[] = [];
    for (const name of EVENTS) {
      client.on(name as 'serverOpening', (event: Change) => {
        const { previousDescription: before, newDescription: after } = event;
        events.push([name, event.constructor.name, before && shown(before), after && shown(after)]);
      });
    }
    await client.connect();
    const users = client.db('shop').collection('users');
    simulator.once('update', (_command, reply) => reply.fail(91, 'ShutdownInProgress', 'bye'));
    await settle(users.updateOne({}, { $set: { a: 1 } }, { writeConcern: { w: 1 } }));
    simulator.once('find', (_command, _reply, connection) => connection.reset());
    await users.findOne({});
    await client.close();
    return events;
  }

  it('are those of the driver, in names, order and what they say', async () => {
    const [theirs, ours] = await Promise.all([driver.MongoClient, MongoClient].map(eventsOf));
    expect(theirs).to.have.length.above(8);
    expect(ours).to.deep.equal(theirs);
  });
});
