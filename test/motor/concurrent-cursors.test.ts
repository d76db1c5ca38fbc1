import { expect } from 'chai';
import { within } from '../support/bounds';
import { MongoClient } from '../support/motor';
import { atRest } from '../support/pool-counts';
import { sharedServer } from '../support/server';

const CURSORS = 100;
const DOCUMENTS = 150;

describe('a hundred concurrent cursors', () => {
  let client: MongoClient;
  before(async function () {
    this.timeout(60_000);
    client = new MongoClient((await sharedServer()).uri, { maxPoolSize: 20 });
    const documents = Array.from({ length: DOCUMENTS }, (_, _id) => ({ _id, text: `number ${_id}` }));
    const numbers = client.db('motor_cursors').collection<{ _id: number }>('numbers');
    await numbers.deleteMany({});
    await numbers.insertMany(documents);
  });
  after(() => client.close());

  it('each see every document once and in order, batch by batch', async () => {
    const numbers = client.db('motor_cursors').collection<{ _id: number }>('numbers');
    const expected = Array.from({ length: DOCUMENTS }, (_, i) => i);
    const read = async (batchSize: number): Promise<number[]> => {
      const seen: number[] = [];
      for await (const { _id } of numbers.find({}, { batchSize }).sort({ _id: 1 })) seen.push(_id);
      return seen;
    };
    const reads = Array.from({ length: CURSORS }, (_, i) => read(20 + (i % 30)));
    for (const seen of await within(15_000, 'all cursors', Promise.all(reads)))
      expect(seen).to.deep.equal(expected);
    expect(atRest(client)).to.equal(true);
  });
});
