import { expect } from 'chai';
import { MongoInvalidArgumentError } from 'mongodb';
import { MongoClient, type MongoClientOptions } from '../../lib';

const URI = 'mongodb://127.0.0.1:1';

describe('the option pipelining', () => {
  const wrong: [value: unknown, shown: string][] = [
    [0, '0'],
    [-1, '-1'],
    [1.5, '1.5'],
    [1001, '1001'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    ['8', '"8"'],
    [null, 'null'],
    [true, 'true'],
    [8n, '8']
  ];
  for (const [pipelining, shown] of wrong) {
    it(`is refused, when a client is made, if it is ${typeof pipelining} ${shown}`, () => {
      const message = `Option "pipelining" must be a whole number from 1 to 1000, got ${shown}`;
      const options = { pipelining } as MongoClientOptions;
      expect(() => new MongoClient(URI, options)).to.throw(MongoInvalidArgumentError, message);
    });
  }

  for (const pipelining of [1, 2, 1000]) {
    it(`may be ${pipelining}, as the client says then`, () => {
      expect(new MongoClient(URI, { pipelining }).pipelining).to.equal(pipelining);
    });
  }

  it('is 1 by default, and is not one that the driver hears of', () => {
    expect(new MongoClient(URI).pipelining).to.equal(1);
    expect(new MongoClient(URI, { pipelining: undefined }).pipelining).to.equal(1);
    expect(new MongoClient(URI, { pipelining: 8 }).options).not.to.have.property('pipelining');
  });
});
