import { expect } from 'chai';
import { within } from '../support/bounds';
import { MongoClient } from '../support/motor';
import { sharedServer } from '../support/server';

const DEPTH = 1000;

describe('callbacks', () => {
  let client: MongoClient;
  before(async function () {
    this.timeout(60_000);
    client = new MongoClient((await sharedServer()).uri);
    await client.connect();
  });
  after(() => client.close());

  it('nest a thousand deep, each on a stack of its own', async () => {
    const numbers = client.db('motor_nested').collection<{ _id: number }>('numbers');
    await numbers.deleteMany({});
    await numbers.insertMany(Array.from({ length: DEPTH }, (_, _id) => ({ _id })));
    const found: number[] = [];
    const depths = new Set<number>();
    const all = new Promise<void>((resolve, reject) => {
      const next = (_id: number): void => {
        if (_id === DEPTH) return resolve();
        numbers.findOne({ _id }, (error, document) => {
          if (error) return reject(error);
          depths.add(new Error().stack!.split('\n').length);
          found.push(document!._id);
          next(_id + 1);
        });
      };
      next(0);
    });
    await within(15_000, 'the last callback', all);
    expect(found).to.deep.equal(Array.from({ length: DEPTH }, (_, i) => i));
    expect(Math.max(...depths), 'frames under a callback').to.be.below(8);
  });

  it('come on a later tick, whatever the call ends in', async () => {
    const numbers = client.db('motor_nested').collection('numbers');
    let returned = false;
    const later = (start: (done: () => void) => void): Promise<boolean> =>
      new Promise(resolve => {
        returned = false;
        start(() => resolve(returned));
        returned = true;
      });
    expect(await later(done => numbers.findOne({}, done))).to.equal(true);
    expect(await later(done => numbers.insertMany([], done))).to.equal(true);
  });
});
