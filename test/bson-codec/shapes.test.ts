import * as bson from 'bson';
import type { Document } from 'bson';
import { expect } from 'chai';
import { deserialize, serialize } from '../../lib/bson/index';
import { heapUsed } from '../support/heap';
import { seededRandom } from '../support/random';
import { assertReadsTheSame, assertWritesTheSame } from './differential';

/** So many that a shape is known, and expected again. */
const MANY = 40;

const SHAPE = {
  _id: 1,
  name: 'n',
  tags: ['a'],
  address: { street: 's', city: 'c', code: 1 },
  age: 1.5,
  active: true
};

describe('documents after many of one shape', () => {
  const others: Record<string, Document> = {
    'with a key less': without(SHAPE, 'name'),
    'with no key': {},
    'with a key more at the end': { ...SHAPE, more: 1 },
    'with a key more in front': { more: 1, ...SHAPE },
    'with a key more inside': { ...SHAPE, address: { ...SHAPE.address, more: 1 } },
    'with its keys in another order': Object.fromEntries(Object.entries(SHAPE).reverse()),
    'with a key that begins like one of it': { ...without(SHAPE, 'name'), nam: 1, names: 2 },
    'with values of other types': { ...SHAPE, name: 1, address: 'text', age: null, tags: { a: 1 } },
    'with a key that is empty': { _id: 1, '': 2, name: 3 },
    'with a key of its own named __proto__': { _id: 1, ['__proto__']: 2, name: 3 },
    'with code whose scope looks like a reference': {
      ...SHAPE,
      age: new bson.Code('f', { $ref: 'c', $id: 1 })
    },
    'with a reference': { ...SHAPE, address: { $ref: 'c', $id: 1 } },
    'with keys that are numbers': { _id: 1, 10: 'a', 9: 'b', name: 'n' }
  };
  for (const [what, other] of Object.entries(others)) {
    it(`are read and written as by bson: ${what}`, () => {
      for (const document of [...Array<Document>(MANY).fill(SHAPE), other, SHAPE, other, other]) {
        assertWritesTheSame(document);
        assertReadsTheSame(Buffer.from(bson.serialize(document)));
      }
    });
  }

  for (const count of [119, 120, 121, 128, 129, 240, 241, 300, 1100]) {
    it(`are read and written as by bson where they have ${count} keys`, () => {
      const wide = Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`key${index}`, index / 2])
      );
      for (const document of [...Array<Document>(MANY).fill(wide), without(wide, 'key7'), wide]) {
        assertWritesTheSame(document);
        assertReadsTheSame(Buffer.from(bson.serialize(document)));
      }
    });
  }

  it('are read with each key once where it comes twice', () => {
    const twice = Buffer.from(bson.serialize({ a: 1, b: 2, c: 3, d: 4 }));
    twice.write('a', twice.indexOf('\x10d\0') + 1);
    for (let i = 0; i < MANY; i++) assertReadsTheSame(twice);
    expect(deserialize(twice)).to.deep.equal({ a: 4, b: 2, c: 3 });
  });

  it('do not share what is in them', () => {
    const bytes = serialize(SHAPE);
    for (let i = 0; i < MANY; i++) deserialize(bytes);
    const [one, other] = [deserialize(bytes), deserialize(bytes)];
    one['address'].city = 'changed';
    one['tags'].push('changed');
    delete one['name'];
    expect(other).to.deep.equal(SHAPE);
    expect(deserialize(bytes)).to.deep.equal(SHAPE);
  });
});

describe('keys that are data', () => {
  it('are not kept', () => {
    const random = seededRandom(1);
    const key = (): string => `k${random()}`;
    const run = (documents: number): void => {
      for (let i = 0; i < documents; i++) {
        const map = Object.fromEntries(Array.from({ length: 100 }, () => [key(), { [key()]: 1, same: [1] }]));
        expect(deserialize(serialize(map))).to.deep.equal(map);
      }
    };
    run(50);
    const before = heapUsed();
    run(150);
    expect(heapUsed() - before).to.be.below(15e6);
  });

  it('are not kept either where they come from few, in any combination', () => {
    const random = seededRandom(2);
    const pick = (place: number): [string, number] => [`${random() < 0.5 ? 'a' : 'b'}${place}`, place];
    const combination = (): Document =>
      Object.fromEntries(Array.from({ length: 16 }, (_, place) => pick(place)));
    const bytes = serialize({ all: Array.from({ length: 20_000 }, combination) });
    const before = heapUsed();
    deserialize(bytes);
    expect(heapUsed() - before).to.be.below(30e6);
  });

  it('are read and written as by bson in documents of more of them than are remembered', () => {
    const large = Object.fromEntries(
      Array.from({ length: 25_000 }, (_, index) => [`key${index}`, { index }])
    );
    for (let i = 0; i < 2; i++) {
      assertWritesTheSame(large);
      assertReadsTheSame(Buffer.from(bson.serialize(large)));
    }
  });
});

function without(document: Document, key: string): Document {
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== key));
}
