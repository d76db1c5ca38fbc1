import { expect } from 'chai';
import type { MongoClient } from '../support/motor';
import { failure } from '../support/bounds';
import { countCalls, putInPlaceOf } from '../support/in-its-place';
import { sharedServer } from '../support/server';
import { useStage } from '../support/stage';

interface Inside {
  topology: { s: { servers: Map<string, { s: { operationCount: number } }> } };
}

describe("a method in the place of the driver's, of a topology or a server", () => {
  const stage = useStage();
  let client: MongoClient;
  let inside: Inside;
  beforeEach(async () => {
    client = await stage.client((await sharedServer()).uri).connect();
    inside = Object(client);
  });

  it('is asked for a server by every operation', async () => {
    const { count } = countCalls(inside.topology, 'selectServer');
    await client.db('shop').command({ ping: 1 });
    await client.db('shop').collection('users').findOne({}, { readPreference: 'nearest' });
    expect(count()).to.equal(2);
  });

  it('runs the commands of operations, and gives connections and sessions back', async () => {
    const [server] = inside.topology.s.servers.values();
    const { count } = countCalls(server!, 'command');
    const users = client.db('motor_replaced').collection('users');
    const { insertedId } = await users.insertOne({ name: 'Ada' });
    expect(await users.findOne({ _id: insertedId })).to.include({ name: 'Ada' });
    expect(await users.find({ _id: insertedId }).toArray()).to.have.length(1);
    await users.drop();
    expect(count()).to.equal(4);
    expect(server!.s.operationCount).to.equal(0);
  });

  it('fails an operation with what it throws', async () => {
    const [server] = inside.topology.s.servers.values();
    putInPlaceOf(server!, 'command', () => async () => {
      throw new Error('not today');
    });
    expect((await failure(client.db('shop').command({ ping: 1 }))).message).to.equal('not today');
  });
});
