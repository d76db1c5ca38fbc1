import * as bson from 'bson';
import type { Document } from 'bson';
import { expect } from 'chai';
import { deserialize, serialize } from '../../lib/bson/index';
import { assertReadsTheSame, assertWritesTheSame } from './differential';

describe('deep documents', () => {
  for (const depth of [98, 99, 100, 101, 102, 250]) {
    it(`are read and written as by bson, ${depth} levels deep`, () => {
      for (const document of [nested(depth, inDocument), nested(depth, inArray), nested(depth, inCode)]) {
        assertWritesTheSame(document);
        assertReadsTheSame(Buffer.from(bson.serialize(document)));
      }
    });
  }

  it('do not overflow the stack', () => {
    for (const wrap of [inDocument, inArray, inCode]) {
      const bytes = bson.serialize(nested(20_000, wrap));
      expect(Buffer.compare(serialize(deserialize(bytes)), bytes)).to.equal(0);
    }
  });

  it('are refused when they are circles', () => {
    const circle: Document = { a: { b: [] } };
    circle['a'].b.push(circle);
    assertWritesTheSame(circle);
    expect(() => serialize(circle)).to.throw(bson.BSONError, 'circular');
  });

  it('may hold the same object twice', () => {
    const shared = { a: [1] };
    assertWritesTheSame({ one: shared, other: shared, both: [shared, shared] });
  });

  it('are read in time that grows with their size, whatever bson has to read of them', () => {
    let document: Document = { $ref: 1, text: 'x'.repeat(100_000) };
    for (let i = 0; i < 90; i++) document = { document, ['__proto__']: 1 };
    assertReadsTheSame(Buffer.from(bson.serialize(document)));
  });
});

describe('documents that run code', () => {
  const inner = { an: 'inner document', of: [1, 2, 3] };

  it('may write and read others while they are written', () => {
    let written: unknown;
    const value = { toBSON: () => (written = deserialize(serialize(inner))) };
    const bytes = serialize({ before: 'b'.repeat(50), value, after: 'a' });
    expect(written).to.deep.equal(inner);
    expect(bson.deserialize(bytes)).to.deep.equal({ before: 'b'.repeat(50), value: inner, after: 'a' });
  });

  it('may do so to any depth, in getters', () => {
    const levels = (left: number): Document => ({
      left,
      get text() {
        return left === 0 ? 'end' : deserialize(serialize(levels(left - 1)));
      },
      last: left
    });
    expect(deserialize(serialize(levels(20)))).to.deep.equal(plain(levels(20)));
  });

  it('have a toBSON called once, without arguments, and a getter read once', () => {
    const calls: unknown[][] = [];
    const value = { toBSON: (...args: unknown[]) => (calls.push(args), new Map([['a', 1]])) };
    let reads = 0;
    serialize({
      value,
      get read() {
        return ++reads;
      },
      rare: new Map()
    });
    expect(calls).to.deep.equal([[]]);
    expect(reads).to.equal(1);
  });

  it('leave the codec as it was when they throw', () => {
    const mistake = new Error('mistake');
    const thrower = {
      a: 'x'.repeat(1000),
      b: [
        {
          toBSON: () => {
            throw mistake;
          }
        }
      ]
    };
    expect(() => serialize(thrower)).to.throw(mistake);
    assertWritesTheSame(inner);
  });

  it('may say what is to be written in their place, once for the value and once for the document', () => {
    const self = { a: 1, toBSON: () => ({ b: 2 }) };
    const twice = { toBSON: () => self };
    const itself: Document = { c: 1 };
    Object.defineProperty(itself, 'toBSON', { value: () => itself });
    for (const value of [self, twice, itself, { toBSON: () => null }, { toBSON: () => [self] }]) {
      assertWritesTheSame({ value, array: [value] });
      assertWritesTheSame(value);
    }
    assertWritesTheSame({ value: { toBSON: () => ({ toBSON: () => 7 }) } });
  });
});

function nested(depth: number, wrap: (inner: Document) => unknown): Document {
  let document: Document = { end: true };
  for (let i = 1; i < depth; i++) document = { in: wrap(document) };
  return document;
}

const inDocument = (inner: Document): unknown => inner;
const inArray = (inner: Document): unknown => [inner];
const inCode = (inner: Document): unknown => new bson.Code('f()', inner);

function plain(document: Document): Document {
  return JSON.parse(JSON.stringify(document));
}
