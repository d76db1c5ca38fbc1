import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import type { Document } from 'mongodb';
import { startServer } from '../support/server';
import type { Server } from '../support/server';
import { disguises, Front } from './front';

describe('a front of a server', () => {
  let server: Server;

  before(async () => {
    server = await startServer({ own: true });
  });

  after(() => server?.stop());

  const through = async (
    disguise: Parameters<typeof Front.open>[1],
    query: string,
    use: (client: MongoClient) => Promise<void>
  ): Promise<void> => {
    const front = await Front.open(server, disguise);
    const client = new MongoClient(`mongodb://${front.address}/?${query}`);
    try {
      await use(client);
    } finally {
      await client.close();
      front.close();
    }
  };

  const hello = (client: MongoClient): Promise<Document> => client.db('admin').command({ hello: 1 });

  it('gives it out for a mongos', () =>
    through(disguises.mongos(), '', async client => {
      expect(await hello(client))
        .to.include({ msg: 'isdbgrid' })
        .and.not.have.any.keys('setName', 'hosts');
    }));

  it('gives it out for a service behind a load balancer, the same on each connection', () =>
    through(disguises.loadBalancer(), 'loadBalanced=true', async client => {
      const [one, other] = await Promise.all([hello(client), hello(client)]);
      expect(one.serviceId).to.deep.equal(other.serviceId);
    }));

  it('passes on the rest as it is, however large', () =>
    through(disguises.mongos(), '', async client => {
      const collection = client.db('front').collection('large');
      const text = 'maxWireVersion '.repeat(100_000);
      await collection.insertOne({ text });
      expect(await collection.findOne({ text })).to.have.property('text', text);
      await collection.drop();
    }));
});
