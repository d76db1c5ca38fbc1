import * as bson from 'bson';
import {
  Binary,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID
} from 'bson';
import { expect } from 'chai';
import { deserialize, serialize } from '../../lib/bson/index';
import { countBsonCalls } from './bson-calls';

class Named {
  kind = 'a class of the user';
}

const USUAL = {
  _id: new ObjectId(),
  double: 1.5,
  string: 'text',
  long: 'long text '.repeat(20),
  document: { a: { b: [] } },
  array: [1, 'two', { three: 3 }, [4], null, undefined],
  binary: new Binary(Buffer.from('bytes')),
  uuid: new UUID(),
  buffer: Buffer.from('buffer'),
  boolean: true,
  date: new Date(),
  null: null,
  code: new Code('f()'),
  scoped: new Code('f()', { a: 1 }),
  int32: 7,
  Int32: new Int32(7),
  Double: new Double(7),
  Long: Long.fromBigInt(2n ** 60n),
  bigint: 2n ** 60n,
  timestamp: new Timestamp({ t: 1, i: 2 }),
  decimal: Decimal128.fromString('1.5'),
  min: new MinKey(),
  max: new MaxKey(),
  regExp: new bson.BSONRegExp('a+', 'i'),
  native: /a\/b/gimsuy,
  symbol: new bson.BSONSymbol('s'),
  map: new Map([['a', new Map([['b', 1]])]]),
  link: new bson.DBRef('c', new ObjectId(), 'd', { more: undefined }),
  named: new Named(),
  clé: '日本語',
  bare: Object.assign(Object.create(null), { a: 1 }),
  0: 'index'
};

describe('the fast way', () => {
  it('writes documents of all usual types without bson', () => {
    const calls = countBsonCalls(() => serialize(USUAL));
    expect(calls).to.deep.equal({ serialize: 0, deserialize: 0 });
  });

  it('reads documents of all types without bson', () => {
    const bytes = bson.serialize({ ...USUAL, old: new Binary(Buffer.from('b'), 2) });
    const calls = countBsonCalls(() => deserialize(bytes));
    expect(calls).to.deep.equal({ serialize: 0, deserialize: 0 });
  });

  it('asks bson for one value only, where that is all it cannot write', () => {
    const old = new Binary(Buffer.from('b'), 2);
    const calls = countBsonCalls(() => serialize({ ...USUAL, old, within: { old } }));
    expect(calls).to.deep.equal({ serialize: 2, deserialize: 0 });
  });

  it('asks bson for one document only, where that is all it cannot read', () => {
    const bytes = bson.serialize({ usual: USUAL, odd: { ['__proto__']: 1 }, more: USUAL });
    let read = {};
    const calls = countBsonCalls(() => (read = deserialize(bytes)));
    expect(calls).to.deep.equal({ serialize: 0, deserialize: 1 });
    expect(read).to.deep.equal(bson.deserialize(bytes));
  });
});
