import { expect } from 'chai';
import { within } from '../support/bounds';
import { MongoClient } from '../support/motor';
import { atRest, poolOf } from '../support/pool-counts';
import { Proxy } from '../support/proxy';
import { startServer, type Server } from '../support/server';

const MONITORS = 2;

describe('a hundred operations on a pool of five', () => {
  let server: Server;
  let proxy: Proxy;
  let client: MongoClient;
  before(async function () {
    this.timeout(60_000);
    server = await startServer({ own: true });
    proxy = await Proxy.start(server);
    client = new MongoClient(`mongodb://127.0.0.1:${proxy.port}/?directConnection=true&maxPoolSize=5`);
    await client.connect();
  });
  after(async () => {
    await client.close();
    await proxy.close();
    await server.stop();
  });

  it('never have more than five sockets, and lose none', async () => {
    const numbers = client.db('motor_small_pool').collection<{ _id: number }>('numbers');
    await numbers.deleteMany({});
    await numbers.insertMany(Array.from({ length: 100 }, (_, _id) => ({ _id })));
    const calls = Array.from({ length: 100 }, (_, _id) => numbers.findOne({ _id }));
    const found = await within(15_000, 'all calls', Promise.all(calls));
    expect(found.map(document => document?._id)).to.deep.equal(Array.from({ length: 100 }, (_, i) => i));
    expect(poolOf(client).totalConnectionCount).to.be.within(2, 5);
    expect(proxy.maxOpen, 'sockets at once, with those of the monitor').to.be.within(3, 5 + MONITORS);
    expect(proxy.opened, 'sockets in all').to.be.at.most(5 + MONITORS);
    expect(atRest(client)).to.equal(true);
  });
});
