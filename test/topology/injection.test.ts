import { join } from 'node:path';
import { expect } from 'chai';
import * as driver from 'mongodb';
import * as motor from '../../lib';
import { ConnectionPool } from '../../lib/driver';
import { Pool } from '../../lib/pool';
import { until } from '../support/bounds';
import { messageOf } from '../support/child';
import { poolsOf } from '../support/inside';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';

describe('the injection of our pool', () => {
  const stage = useStage();

  async function both(
    shape = {}
  ): Promise<{ plain: driver.MongoClient; ours: motor.MongoClient; simulator: Simulator }> {
    const simulator = await stage.simulator(shape);
    const ours = stage.client(simulator.uri());
    const plain = new driver.MongoClient(simulator.uri());
    stage.after(() => plain.close());
    await Promise.all([plain.connect(), ours.connect()]);
    return { plain, ours, simulator };
  }

  for (const shape of [{}, { replicaSet: 'sim' }]) {
    it(`gives our clients our pool, and leaves the driver's clients theirs: ${JSON.stringify(shape)}`, async () => {
      const { plain, ours } = await both(shape);
      const [theirPool] = poolsOf(plain);
      const [ourPool] = poolsOf(ours);
      expect(poolsOf(plain)).to.have.length(1);
      expect(poolsOf(ours)).to.have.length(1);
      expect(Object.getPrototypeOf(theirPool)).to.equal(ConnectionPool.prototype);
      expect(Object.getPrototypeOf(ourPool)).to.equal(Pool.prototype);
      expect(theirPool).not.to.be.instanceOf(Pool);
    });
  }

  it('gives our pool to servers that are discovered later, and to a client that connects again', async () => {
    const { ours, simulator } = await both({ replicaSet: 'sim', streaming: true });
    const other = await stage.simulator({ replicaSet: 'sim' });
    const hosts = [simulator.address, other.address];
    other.hello.shape.hello = { isWritablePrimary: false, secondary: true, hosts };
    simulator.hello.announce({ hosts });
    await until('the second server is known', () => poolsOf(ours).length === 2);
    for (const pool of poolsOf(ours)) expect(pool).to.be.instanceOf(Pool);
    await ours.close();
    await ours.connect();
    await ours.db('shop').collection('users').findOne({});
    expect(poolsOf(ours)).to.have.length.above(0);
    for (const pool of poolsOf(ours)) expect(pool).to.be.instanceOf(Pool);
  });

  it('announces one pool for a server, and not the one that it replaces', async () => {
    const simulator = await stage.simulator();
    const created: unknown[] = [];
    const client = stage.client(simulator.uri({ minPoolSize: 2 }));
    client.on('connectionPoolCreated', event => created.push(event));
    await client.connect();
    await client.db('shop').command({ ping: 1 });
    expect(created, 'pools').to.have.length(1);
  });

  it('leaves every module of the driver as it found it, before and after use', async function () {
    this.timeout(30_000);
    const simulator = await stage.simulator();
    const path = join(__dirname, '../support/driver-snapshot.ts');
    const { looked, changed } = await messageOf<{ looked: number; changed: string[] }>(path, [
      simulator.uri()
    ]);
    expect(looked).to.be.above(2000);
    expect(changed).to.deep.equal([]);
  });

  it('runs beside a plain client in the same process, each with its own connections', async () => {
    const { plain, ours, simulator } = await both();
    simulator.on('find', (_command, reply, connection) => reply.cursor([{ connection: connection.id }]));
    const users = [plain, ours].map(client => client.db('shop').collection('users'));
    const used = await Promise.all(
      users.map(
        async collection =>
          new Set(
            (await Promise.all([1, 2, 3].map(() => collection.findOne({})))).map(doc => doc?.connection)
          )
      )
    );
    const [theirs, mine] = used;
    expect([...mine!].filter(id => theirs!.has(id))).to.deep.equal([]);
  });

  it("makes objects that are the driver's too, while the driver's are not ours", async () => {
    const { plain, ours } = await both();
    const made = (client: driver.MongoClient) => {
      const db = client.db('shop');
      const users = db.collection('users');
      return {
        MongoClient: client,
        Db: db,
        Collection: users,
        FindCursor: users.find(),
        AggregationCursor: users.aggregate([])
      };
    };
    const mine = made(ours);
    const theirs = made(plain);
    for (const name of ['MongoClient', 'Db', 'Collection', 'FindCursor', 'AggregationCursor'] as const) {
      expect(mine[name], name).to.be.instanceOf(driver[name]).and.instanceOf(motor[name]);
      expect(theirs[name], name).to.be.instanceOf(driver[name]).and.not.instanceOf(motor[name]);
      expect(mine[name].constructor, name).to.equal(motor[name]);
    }
    expect(mine.FindCursor).to.be.instanceOf(motor.AbstractCursor);
    for (const cursor of [
      mine.FindCursor.clone(),
      mine.FindCursor.sort({ a: 1 }),
      mine.FindCursor.map(d => d)
    ]) {
      expect(cursor).to.be.instanceOf(motor.FindCursor);
    }
    expect(mine.AggregationCursor.clone()).to.be.instanceOf(motor.AggregationCursor);
    expect(ours.db('shop').aggregate([])).to.be.instanceOf(motor.AggregationCursor);
  });
});
