import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import * as bson from 'bson';
import { expect } from 'chai';
import { BSON, deserialize, serialize, serializeWithBufferAndIndex } from '../../lib/bson/index';
import { assertReadsTheSame, assertWritesTheSame } from './differential';
import { assertSame, outcome } from './same';

describe("this codec's BSON", () => {
  it("is bson's namespace, with its own functions to read and to write", () => {
    const own = { deserialize, serialize, serializeWithBufferAndIndex };
    expect(Reflect.ownKeys(BSON)).to.deep.equal(Reflect.ownKeys(bson.BSON));
    for (const key of Reflect.ownKeys(BSON)) {
      expect(Reflect.get(BSON, key)).to.equal(Reflect.get({ ...bson.BSON, ...own }, key));
    }
    expect(Object.isFrozen(BSON)).to.equal(Object.isFrozen(bson.BSON));
  });

  it('writes into a given buffer as bson does', () => {
    for (const [size, index] of [
      [100, 0],
      [100, 7],
      [40, 30],
      [3, 0],
      [100, undefined]
    ] as const) {
      const [ours, theirs] = [Buffer.alloc(size), Buffer.alloc(size)];
      const document = { a: 'text', b: 1 };
      assertSame(
        outcome(() => [BSON.serializeWithBufferAndIndex(document, ours, { index: index! }), ours]),
        outcome(() => [bson.serializeWithBufferAndIndex(document, theirs, { index: index! }), theirs])
      );
    }
  });

  it('takes and refuses roots as bson does', () => {
    const roots = [
      null,
      undefined,
      1,
      'text',
      [],
      [1],
      new Date(),
      /a/,
      Buffer.alloc(3),
      new Map([['a', 1]]),
      new Map([[1, 1]])
    ];
    const objects = [
      new ArrayBuffer(2),
      new bson.ObjectId(),
      { _bsontype: 'x' },
      { _bsontype: 1 },
      () => 1,
      new Error('e'),
      Symbol('s')
    ];
    for (const root of [...roots, ...objects, new Float32Array(2), new Proxy({ a: 1 }, {})])
      assertWritesTheSame(root as never);
  });

  it('takes and refuses options as bson does', () => {
    const options = [
      null,
      1,
      { checkKeys: 1 },
      { ignoreUndefined: 0 },
      { serializeFunctions: 'yes' },
      Object.create({ ignoreUndefined: false })
    ];
    for (const option of options) assertWritesTheSame({ a: undefined, $b: () => 1 }, option as never);
    const bytes = Buffer.from(
      bson.serialize({ a: bson.Long.fromNumber(1), b: new bson.BSONRegExp('a'), c: [] })
    );
    const reading = [
      null,
      1,
      { promoteLongs: 0 },
      { promoteValues: 0 },
      { promoteValues: 1 },
      { bsonRegExp: 1 },
      { validation: {} },
      { validation: { utf8: {} } },
      { validation: { utf8: { a: 1 } } },
      { useBigInt64: 1, promoteLongs: null },
      { useBigInt64: true, promoteLongs: false },
      Object.create({ promoteLongs: false })
    ];
    for (const option of reading) assertReadsTheSame(bytes, option as never);
  });

  it('writes what is made in another realm as bson does', () => {
    assertWritesTheSame(
      runInNewContext('({ a: [1, { b: 2 }], date: new Date(0), regExp: /a/i, map: new Map([["a", 1]]) })')
    );
  });

  it('writes values of another copy of bson as bson does', () => {
    const { ObjectId, Long, Binary, Decimal128 } = anotherCopy();
    assertWritesTheSame({
      id: new ObjectId(),
      long: Long.fromNumber(1),
      binary: new Binary(Buffer.alloc(3)),
      ten: Decimal128.fromString('10')
    });
  });

  it('writes values that have been tampered with as bson does', () => {
    const values = [
      Object.assign(new bson.Double(1), { value: '7' }),
      Object.assign(new bson.Int32(1), { value: 2 ** 32 + 5 }),
      Object.assign(Object.create(new bson.ObjectId()), { i0: 1 }),
      Object.assign(new bson.Code('f'), { code: 7 }),
      Object.assign(new bson.Code('f'), { scope: [1] }),
      Object.assign(new bson.Binary(Buffer.alloc(8)), { sub_type: 9 }),
      Object.assign(new Date(0), { toBSON: () => 'date' }),
      Object.assign([1, 2], { toBSON: () => 'array', more: 1 }),
      Object.assign(new bson.BSONRegExp('a', 'i'), { options: 'xi' }),
      Object.assign([1, 2], { _bsontype: 'Long' }),
      Object.assign(new bson.BSONRegExp('a', 'i'), { pattern: 'a\0b' }),
      Object.defineProperty(new bson.ObjectId(), '_bsontype', { value: 'Other' })
    ];
    for (const value of values) assertWritesTheSame({ before: 1, value, after: [value] } as bson.Document);
  });

  it('writes all as bson does where a method has been given to what is not an object', () => {
    const prototype = Number.prototype as { toBSON?: unknown };
    prototype.toBSON = () => 'a number';
    try {
      assertWritesTheSame({ a: 1, b: ['text', 2] });
      expect(BSON.deserialize(BSON.serialize({ a: 1 }))).to.deep.equal({ a: 'a number' });
    } finally {
      delete prototype.toBSON;
    }
  });

  it('heeds what a plain object has that loops do not show', () => {
    const hiding = (key: PropertyKey, value: unknown): object =>
      Object.defineProperty({ a: 1 }, key, { value });
    const made = [
      hiding('toBSON', () => ({ b: 2 })),
      hiding('toBSON', () => 'text'),
      hiding('toBSON', 7),
      hiding('_bsontype', 'ObjectId'),
      hiding('_bsontype', 'Nothing'),
      hiding(Symbol.toStringTag, 'Map'),
      Object.defineProperty({ a: 1 }, 'toBSON', { get: () => () => ({ c: 3 }) }),
      Object.setPrototypeOf([1, 2], Object.prototype) as object
    ];
    for (const value of made) {
      for (let i = 0; i < 3; i++) assertWritesTheSame({ before: { a: 1 }, value, list: [{ a: 1 }, value] });
    }
  });

  for (const key of ['_bsontype', 'toBSON', Symbol.toStringTag] as const) {
    it(`writes all as bson does where every object has been given a ${String(key)}`, () => {
      const made = Object.assign(Object.create(null) as object, { b: 2 });
      const value = key === 'toBSON' ? () => made : 'Map';
      for (let i = 0; i < 3; i++) assertWritesTheSame({ a: { b: [{ c: 1 }] } });
      Object.defineProperty(Object.prototype, key, { value, configurable: true });
      try {
        assertWritesTheSame({ a: { b: [{ c: 1 }] } });
        assertWritesTheSame(Object.assign(Object.create(null) as object, { a: { b: [{ c: 1 }] } }));
      } finally {
        Reflect.deleteProperty(Object.prototype, key);
      }
      expect(Object.hasOwn(Object.prototype, key)).to.equal(false);
    });
  }

  it('takes no inherited keys for a document’s', () => {
    const document = Object.assign(Object.create({ inherited: 1 }), { own: 2 });
    for (let i = 0; i < 3; i++) assertWritesTheSame(document);
    expect(BSON.deserialize(BSON.serialize(document))).to.deep.equal({ own: 2 });
  });
});

function anotherCopy(): typeof bson {
  const require = createRequire(__filename);
  const path = require.resolve('bson');
  const loaded = require.cache[path];
  delete require.cache[path];
  try {
    return require(path);
  } finally {
    require.cache[path] = loaded;
  }
}
