import { expect } from 'chai';
import type { EventEmitter } from 'node:events';
import { MongoClient } from '../../lib';
import { clientOf } from '../../lib/driver';
import { useStage } from '../support/stage';

const ADDING = ['on', 'addListener', 'once', 'prependListener', 'prependOnceListener'] as const;
const EVENTS = ['connectionCheckOutStarted', 'connectionCheckedOut', 'connectionCheckedIn'];

/** Whom the events of a pool reach, one after another. */
const EMITTERS: Record<string, (client: MongoClient) => EventEmitter> = {
  pool: client => serverOf(client).pool,
  server: client => serverOf(client),
  topology: client => clientOf(client).topology!,
  client: client => client
};

const serverOf = (client: MongoClient) => [...clientOf(client).topology!.s.servers.values()][0]!;

describe('somebody who begins to listen after nobody has', () => {
  const stage = useStage();
  let client: MongoClient;
  const find = () => client.db('shop').collection('users').findOne({});

  beforeEach(async () => {
    const simulator = await stage.simulator();
    simulator.on('find', (_command, reply) => reply.cursor([]));
    client = new MongoClient(simulator.uri());
    stage.after(() => client.close());
    await find();
  });

  for (const [name, emitterOf] of Object.entries(EMITTERS)) {
    for (const method of ADDING) {
      it(`hears the next events, on the ${name} by ${method}`, async () => {
        const heard: string[] = [];
        for (const event of EVENTS) emitterOf(client)[method](event, () => heard.push(event));
        await find();
        expect(heard).to.deep.equal(EVENTS);
      });
    }
  }

  it('hears the next event of an operation under way', async () => {
    const finding = find();
    const heard: string[] = [];
    client.on('connectionCheckedIn', () => heard.push('connectionCheckedIn'));
    await finding;
    expect(heard).to.deep.equal(['connectionCheckedIn']);
  });

  it('hears the events of another connection of the client, by what it was before', async () => {
    await client.close();
    await client.connect();
    let heard = 0;
    client.on('connectionCheckedOut', () => heard++);
    await find();
    client.removeAllListeners();
    await find();
    expect(heard).to.equal(1);
    client.on('connectionCheckedOut', () => heard++);
    await find();
    expect(heard).to.equal(2);
  });
});
