import { expect } from 'chai';
import { settle, sleep, until, within } from '../support/bounds';
import { MongoClient } from '../support/motor';
import { atRest, poolOf } from '../support/pool-counts';
import { Proxy } from '../support/proxy';
import { startServer, type Server } from '../support/server';

const OPERATIONS = 10_000;
const CALLERS = 100;
const POOL = 10;

describe('ten thousand operations over a server that is killed and comes back', function () {
  this.timeout(120_000);
  let server: Server;
  let proxy: Proxy;
  let client: MongoClient;
  before(async () => {
    server = await startServer({ syncOnCommit: true });
    proxy = await Proxy.start(server);
    const uri = `mongodb://127.0.0.1:${proxy.port}/?directConnection=true&maxPoolSize=${POOL}`;
    client = new MongoClient(uri, { serverSelectionTimeoutMS: 20_000, heartbeatFrequencyMS: 500 });
    await client.connect();
  });
  after(async () => {
    await client.close();
    await proxy.close();
    await server.stop();
  });

  it('all end in a result or an error, keep what was acknowledged, and leave no waiter and no socket', async () => {
    const numbers = client.db('motor_killed').collection<{ _id: number }>('numbers');
    const acknowledged: number[] = [];
    const errors: Error[] = [];
    let next = 0;
    let cleared = 0;
    client.on('connectionPoolCleared', () => cleared++);
    const caller = async (): Promise<void> => {
      for (let _id; (_id = next++) < OPERATIONS;) {
        const call: PromiseLike<unknown> =
          _id % 2 ? numbers.insertOne({ _id }) : numbers.findOne({ _id: _id - 1 });
        const { error } = await settle(call);
        if (error) errors.push(error);
        else if (_id % 2) acknowledged.push(_id);
      }
    };
    const all = Promise.all(Array.from({ length: CALLERS }, caller));
    for (const share of [0.3, 0.6]) {
      await until('some are done', () => next > OPERATIONS * share, 30_000);
      await server.kill('SIGKILL');
      await sleep(100);
      await server.restart();
    }
    await within(60_000, 'the last operation', all);

    expect(next).to.equal(OPERATIONS + CALLERS);
    expect(cleared, 'the kills were felt').to.be.at.least(2);
    for (const error of errors) expect(error.name).to.match(/^Mongo\w*Error$/);
    expect(errors.length, 'operations that were lost').to.be.below(OPERATIONS / 4);
    const kept = new Set(await numbers.distinct('_id'));
    expect(acknowledged.filter(_id => !kept.has(_id))).to.deep.equal([]);
    await until('the pool is at rest', () => atRest(client));
    expect(poolOf(client).totalConnectionCount).to.be.at.most(POOL);
    await until('no socket is left over', () => proxy.open <= poolOf(client).totalConnectionCount + 2);
  });
});
