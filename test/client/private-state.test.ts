import { expect } from 'chai';
import * as driver from 'mongodb';
import * as motor from '../support/motor';
import { sharedServer } from '../support/server';

/** What Mongoose and instrumentation read of a client, though none of it is public. */
interface PrivateState {
  topology?: {
    s: { description: { type: string; servers: Map<string, { type: string }> }; options: object };
  };
  s: { url: string; options: { dbName: string }; namespace: { db: string } };
  options: { dbName: string; connectionType?: unknown };
}

const read = (client: driver.MongoClient): PrivateState => Object(client);

function names({ topology, s, options }: PrivateState): Record<string, string[]> {
  return {
    s: Object.keys(s),
    options: Object.keys(options),
    topology: Object.keys(topology ?? {}),
    'topology.s': Object.keys(topology?.s ?? {}),
    'topology.s.description': Object.keys(topology?.s.description ?? {})
  };
}

describe('the private state of a client, which others read', () => {
  const clients: driver.MongoClient[] = [];
  let theirs: PrivateState;
  let ours: PrivateState;
  before(async () => {
    const uri = new URL((await sharedServer()).uri);
    uri.pathname = '/shop';
    clients.push(new driver.MongoClient(uri.href), new motor.MongoClient(uri.href));
    [theirs, ours] = clients.map(read) as [PrivateState, PrivateState];
    expect([theirs.topology, ours.topology]).to.deep.equal([undefined, undefined]);
    await Promise.all(clients.map(client => client.connect()));
  });
  after(() => Promise.all(clients.map(client => client.close())));

  it("has what the driver's has, and the class of our connections", () => {
    const [expected, actual] = [names(theirs), names(ours)];
    expect(ours.options).to.have.property('connectionType');
    actual.options = actual.options!.filter(name => name !== 'connectionType');
    expect(actual).to.deep.equal(expected);
  });

  it('tells the connection string and the database', () => {
    expect(ours.s.url).to.equal(theirs.s.url);
    expect(ours.s.options).to.equal(ours.options);
    expect(ours.s.options.dbName).to.equal('shop');
    expect(ours.s.namespace.db).to.equal(theirs.s.namespace.db);
  });

  it("has a topology of the client's own once it connects, and none before, as with the driver", async () => {
    const { uri } = await sharedServer();
    for (const { MongoClient } of [driver, motor]) {
      const client = new MongoClient(uri);
      const seen = ['topology' in client];
      await client.connect();
      const { topology } = read(client);
      await client.connect();
      seen.push(Object.hasOwn(client, 'topology'), read(client).topology === topology);
      await client.close();
      await client.db('shop').admin().ping().catch(String);
      seen.push('topology' in client, read(client).topology === undefined);
      expect(seen).to.deep.equal([false, true, true, true, true]);
    }
  });

  it("tells the deployment's description, and forgets it when the client is closed", async () => {
    const describeTopology = ({ topology }: PrivateState) => {
      const { type, servers } = topology!.s.description;
      return { type, servers: [...servers].map(([address, server]) => [address, server.type]) };
    };
    expect(ours.topology!.s.description.constructor).to.equal(theirs.topology!.s.description.constructor);
    expect(describeTopology(ours)).to.deep.equal(describeTopology(theirs));
    await Promise.all(clients.map(client => client.close()));
    expect([theirs.topology, ours.topology]).to.deep.equal([undefined, undefined]);
  });
});
