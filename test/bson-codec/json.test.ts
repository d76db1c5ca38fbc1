import * as bson from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import { Memory } from '../../lib/bson/input';
import { type Elements, isStringifiedOtherwise, JsonArray } from '../../lib/bson/json/index';
import { readingFor } from '../../lib/bson/options';
import { assertSameJson, forms, jsonOf, writesMalformedTheSame, writesTheSame } from './json-differential';

const ID = new bson.ObjectId('66f0a1b2000000000000002a');

const USUAL = {
  _id: ID,
  double: 1.5,
  string: 'text, "quoted"\n',
  nested: { document: { empty: {} }, array: [] },
  array: [1, 'two', { three: 3 }, [4], null],
  binary: new bson.Binary(Buffer.from('bytes')),
  uuid: new bson.UUID('00112233-4455-6677-8899-aabbccddeeff'),
  boolean: [true, false],
  date: new Date(1700000000123),
  null: null,
  int32: -7,
  int64: bson.Long.fromNumber(2 ** 40),
  clé: '日本語'
};

const LESS_USUAL = {
  long: bson.Long.fromBigInt(-(2n ** 60n)),
  decimal: bson.Decimal128.fromString('-12.50'),
  timestamp: new bson.Timestamp({ t: 1700000000, i: 1 }),
  code: new bson.Code('f()'),
  scoped: new bson.Code('f()', { a: new bson.Code('g()', {}), b: 1 }),
  keys: [new bson.MinKey(), new bson.MaxKey()]
};

const RARE = {
  long: bson.Long.fromBigInt(2n ** 60n),
  least: bson.Long.fromBigInt(-(2n ** 63n)),
  edges: [2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n), -(2n ** 53n) - 1n, 2n ** 31n].map(value =>
    bson.Long.fromBigInt(value)
  ),
  binary: [0, 1, 2, 3, 4, 5, 6, 7, 8, 128].map(subtype => new bson.Binary(Buffer.from('0'), subtype)),
  vector: bson.Binary.fromInt8Array(Int8Array.of(1, -2)),
  code: new bson.Code('f()'),
  scoped: new bson.Code('f()', { a: new bson.Code('g()', {}), b: 1 }),
  odd: new bson.Code('f()', { $ref: 'c', $id: 1 }),
  timestamp: new bson.Timestamp({ t: 2 ** 32 - 1, i: 2 }),
  decimal: ['1.5', '-0', 'NaN', '1E+6144'].map(text => bson.Decimal128.fromString(text)),
  keys: [new bson.MinKey(), new bson.MaxKey()],
  regExps: [/a+/gi, new bson.BSONRegExp('"', 'imsx')],
  symbol: new bson.BSONSymbol('s'),
  link: new bson.DBRef('c', ID, 'd', { more: 1 }),
  like: { $ref: 'c', $id: ID },
  unlike: { $ref: 1, $id: ID },
  doubles: [NaN, Infinity, -Infinity, -0, 1e21, 5e-324, 2 ** 31, 2 ** 63, 1e15 + 0.5].map(
    value => new bson.Double(value)
  ),
  dates: [-1, 0, 1, 1000, 8.64e15, -8.64e15, 253402300799999, 253402300800000].map(time => new Date(time)),
  invalid: new Date(NaN)
};

const OPTIONS: bson.DeserializeOptions[] = [
  {},
  { promoteLongs: false },
  { promoteBuffers: true },
  { bsonRegExp: true },
  { useBigInt64: true },
  { validation: { utf8: false } }
];

describe('JSON written from the bytes of documents', () => {
  it('is what is stringified of them when they have been decoded: any documents', () => {
    fc.assert(writesTheSame, { numRuns: 1_500 });
  });

  it('fails with the error of decoding when they are malformed', () => {
    fc.assert(writesMalformedTheSame, { numRuns: 1_500 });
  });

  for (const form of forms) {
    it(`is the same for each type of value, with all options: ${form}`, () => {
      for (const options of OPTIONS) {
        assertSameJson([bytesOf(USUAL), bytesOf(RARE), bytesOf(USUAL)], options, form);
        for (const [key, value] of Object.entries({ ...USUAL, ...RARE })) {
          assertSameJson([bytesOf({ [key]: value, last: 1 })], options, form);
        }
      }
    });

    it(`takes no decoding and no stringifying for usual values: ${form}`, () => {
      const usual = bytesOf({ ...USUAL, ...LESS_USUAL });
      const { stringify } = JSON;
      jsonOf([usual], {}, form); // from here on its keys are known
      let calls = 0;
      JSON.stringify = ((...args: Parameters<typeof stringify>) => (calls++, stringify(...args))) as never;
      try {
        jsonOf([usual], {}, form);
      } finally {
        JSON.stringify = stringify;
      }
      expect(calls).to.equal(0);
    });
  }

  it('cannot be had of integers that are read as bigints, but in Extended JSON', () => {
    const documents = [bytesOf({ long: bson.Long.fromNumber(1) })];
    const write = (): string => jsonOf(documents, { useBigInt64: true }, 'json');
    expect(write).to.throw(TypeError, 'BigInt');
    const numbers = BigInt.prototype as { toJSON?: () => string };
    numbers.toJSON = function (this: bigint) {
      return `${this}n`;
    };
    try {
      expect(write()).to.equal('[{"long":"1n"}]');
    } finally {
      delete numbers.toJSON;
    }
  });

  it('is an empty array of no documents', () => {
    expect(jsonOf([], {}, 'json')).to.equal('[]');
  });

  it('comes in pieces of which none is held until all is written, and in any size', () => {
    const documents = Array.from({ length: 300 }, (_, index) =>
      bytesOf({ index, text: 'ü"'.repeat(20 * index), list: Array<number>(index).fill(index) })
    );
    assertSameJson(documents, {}, 'json');
    assertSameJson([bytesOf({ text: '\x01'.repeat(2e6), last: 1 }), documents[0]!], {}, 'canonical');
  });

  it('ends before what is no document', () => {
    const document = bytesOf({ a: 1 });
    const bytes = Buffer.concat([Buffer.from('\x030\0'), document, Buffer.from('\x031\0'), document]);
    for (const broken of [
      broke(bytes, 15, 2),
      broke(bytes, 18, 200),
      broke(bytes, 18, 4),
      bytes.subarray(0, -1)
    ]) {
      const elements: Elements = { memory: new Memory(broken), next: 0, end: broken.length, written: 0 };
      const array = new JsonArray('json');
      expect(String(array.piece(elements, readingFor({})!))).to.equal('[{"a":1}');
      expect(array.piece(elements, readingFor({})!)).to.equal(undefined);
      expect([elements.next, elements.written]).to.deep.equal([15, 1]);
    }
  });

  it('goes on with values that were decoded elsewhere', () => {
    const array = new JsonArray('json');
    const pieces = [array.stringified([{ a: 1 }, undefined]), array.stringified(['b']), array.end()];
    expect(Buffer.concat(pieces).toString()).to.equal('[{"a":1},null,"b"]');
  });
});

describe('whether values are stringified in a way of the user', () => {
  for (const { prototype } of [bson.ObjectId, Date, Object] as { prototype: { toJSON?: () => unknown } }[]) {
    it(`is seen from a toJSON of ${prototype.constructor.name}`, () => {
      const own = Object.getOwnPropertyDescriptor(prototype, 'toJSON');
      expect(isStringifiedOtherwise()).to.equal(false);
      prototype.toJSON = () => 'mine';
      try {
        expect(isStringifiedOtherwise()).to.equal(true);
      } finally {
        if (own) Object.defineProperty(prototype, 'toJSON', own);
        else delete prototype.toJSON;
      }
      expect(isStringifiedOtherwise()).to.equal(false);
    });
  }
});

function bytesOf(document: bson.Document): Buffer {
  return Buffer.from(bson.serialize(document));
}

function broke(bytes: Buffer, at: number, value: number): Buffer {
  const broken = Buffer.from(bytes);
  broken[at] = value;
  return broken;
}
