import * as bson from 'bson';
import fc from 'fast-check';
import { assertSameJson, documentOf, forms } from './json-differential';

/** So many that keys are known, or turn out to be data. */
const MANY = 40;

function assertSame(...documents: bson.Document[]): void {
  const all = documents.map(document => Buffer.from(bson.serialize(document)));
  for (const form of forms) assertSameJson(all, {}, form);
}

describe('strings in JSON', () => {
  it('are escaped where they have to be, wherever that is in them', () => {
    const special = ['"', '\\', '\0', '\x1f', '\n', '\b', '\x7f', 'é', '\u2028', '日', '🙂', '\ufffd'];
    for (const character of special) {
      const texts = Array.from({ length: 12 }, (_, at) => 'abcdefghijkl'.slice(0, at) + character);
      assertSame({ texts, more: texts.map(text => `${text}xyz`) });
      if (character !== '\0') assertSame({ [character]: 1, [`a${character}`]: 2 });
    }
  });

  it('are of any length', () => {
    const lengths = [0, 1, 2, 3, 4, 5, 23, 24, 25, 4095, 4096, 4097, 8193];
    for (const unit of ['a', '"', 'é', '🙂', '\x01'])
      assertSame({ texts: lengths.map(length => unit.repeat(length)) });
  });

  it('are refused or replaced where they are no UTF-8, as when they are decoded', () => {
    const invalid = ['80', 'c0af', 'c3', 'e282', 'eda080', 'f4908080', 'f8888080', 'ff', 'e28228', 'c3a9c3'];
    for (const hex of invalid) {
      for (const before of ['', 'abc', 'a'.repeat(30), 'a'.repeat(4095)]) {
        const text = Buffer.concat([Buffer.from(before), Buffer.from(hex, 'hex')]);
        const size = Buffer.alloc(4);
        size.writeInt32LE(text.length + 1);
        const value = documentOf(Buffer.concat([Buffer.from('\x02a\0'), size, text, Buffer.alloc(1)]));
        const key = documentOf(Buffer.concat([Buffer.from([10]), text, Buffer.alloc(1)]));
        for (const utf8 of [true, false]) assertSameJson([value, key, key], { validation: { utf8 } });
      }
    }
  });
});

describe('numbers in JSON', () => {
  it('are as JavaScript writes them: integers', () => {
    const digits = Array.from({ length: 16 }, (_, count) => 10 ** count);
    const integers = [
      0,
      ...digits,
      ...digits.map(value => value - 1),
      ...digits.map(value => value + 1),
      2 ** 53
    ];
    const longs = integers.map(value => bson.Long.fromNumber(value));
    assertSame({ integers, longs, negative: integers.map(value => -value) });
  });

  it('are as JavaScript writes them: of few digits after the point', () => {
    const scale = fc.constantFrom(10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 8, 3);
    const property = fc.property(fc.maxSafeInteger(), fc.nat(), scale, (large, small, by) =>
      assertSame({ values: [large / by, small / by, -small / by, (small % 1000) / by] })
    );
    fc.assert(property, { numRuns: 1_000 });
  });

  it('are as JavaScript writes them: any', () => {
    const edges = [0.1 + 0.2, 1e21, 1e-6, 1e-7, 5e-324, Number.MAX_VALUE, 9999999999999.99, 99999999999999.5];
    assertSame({ edges, negative: edges.map(value => -value), special: [NaN, Infinity, -Infinity, -0] });
    fc.assert(
      fc.property(fc.double(), value => assertSame({ value })),
      { numRuns: 1_000 }
    );
  });
});

describe('decimals in JSON', () => {
  it('are as bson writes them, with or without an exponent', () => {
    const coefficients = [
      0n,
      1n,
      10n,
      123n,
      2n ** 53n - 1n,
      2n ** 53n,
      2n ** 53n + 1n,
      10n ** 33n,
      10n ** 34n - 1n
    ];
    const exponents = [0, 1, -1, -2, -3, -6, -7, -8, -15, -16, -17, -20, -22, -23, 6111, -6176];
    const texts = coefficients.flatMap(digits => exponents.map(exponent => `${digits}E${exponent}`));
    const special = ['Infinity', 'NaN'];
    const decimals = [...texts, ...special].flatMap(text => [text, `-${text}`]);
    assertSame({ decimals: decimals.map(text => bson.Decimal128.fromString(text)) });
  });

  it('are as bson writes them: of any bits', () => {
    const lower = fc.bigInt({ min: 0n, max: 2n ** 54n });
    const upper = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 2n ** 49n }), fc.constant(2n ** 48n));
    const exponent = fc.oneof(fc.integer({ min: 6176 - 40, max: 6176 + 3 }), fc.nat(2 ** 14 - 1));
    const property = fc.property(lower, upper, exponent, fc.boolean(), (low, high, biased, negative) => {
      const bytes = Buffer.alloc(16);
      bytes.writeBigUInt64LE(low);
      bytes.writeBigUInt64LE(high | (BigInt(biased) << 49n) | (negative ? 2n ** 63n : 0n), 8);
      assertSame({ value: new bson.Decimal128(bytes) });
    });
    fc.assert(property, { numRuns: 3_000 });
  });
});

describe('code with a scope in JSON', () => {
  const code = (scope: bson.Document): bson.Document => ({ a: new bson.Code('f("x")', scope), last: 1 });

  it('has its scope as any other document', () => {
    assertSame(
      code({}),
      code({ b: 1, c: { d: [1, new bson.Code('g', { e: 2 })] } }),
      code({ 2: 'b', 1: 'a' })
    );
    assertSame(...Array.from({ length: MANY }, (_, index) => code({ [`key${index}`]: index })));
  });

  it('has a scope that refers to a document as what bson makes of it', () => {
    const scopes = [{ $ref: 'c', $id: 1 }, { $ref: 1 }, { a: { $ref: 'c', $id: 1 } }, { ['__proto__']: 1 }];
    assertSame(code({ a: 1 }), ...scopes.map(code), code({ a: 1 }));
  });

  it('has the error of bson when its sizes do not fit', () => {
    const bytes = Buffer.from(bson.serialize(code({ b: 1 })));
    for (let at = 7; at < bytes.length; at++) {
      for (const by of [-1, 1]) {
        const wrong = Buffer.from(bytes);
        wrong[at]! += by;
        for (const form of forms) assertSameJson([wrong], {}, form);
      }
    }
  });
});

describe('dates in JSON', () => {
  it('are as JavaScript writes them, or null where it has none', () => {
    const days = Array.from({ length: 2_000 }, (_, day) => new Date(Date.UTC(1999, 0, day)));
    const years = Array.from(
      { length: 1_200 },
      (_, year) => new Date(Date.UTC(9 * year - 400, 1, 28, 23, 59, 60))
    );
    assertSame({ days, years });
    const any = fc.integer({ min: -9e15, max: 9e15 });
    const near = fc.integer({ min: -7e13, max: 3e14 });
    const property = fc.property(fc.oneof(any, near), time => {
      const bytes = documentOf(Buffer.concat([Buffer.from('\x09a\0'), int64(time)]));
      for (const form of forms) assertSameJson([bytes], {}, form);
    });
    fc.assert(property, { numRuns: 2_000 });
  });
});

describe('keys in JSON', () => {
  it('come in the order of JavaScript, each once', () => {
    const orders = [
      'a b',
      'b a',
      '1 0',
      '0 1',
      'a 0',
      '0 a',
      '0 2 1',
      'a a',
      'a b a',
      '0 0',
      '01 1',
      '1 01 0',
      '-1 0'
    ];
    const large = [
      '4294967294 1',
      '4294967295 1',
      '1 4294967295',
      'a 4294967295 b 4294967294',
      '9999999999 1'
    ];
    for (const order of [...orders, ...large]) {
      const document = documentOf(
        Buffer.from(
          order
            .split(' ')
            .map(key => `\x0a${key}\0`)
            .join('')
        )
      );
      for (let time = 0; time < MANY; time++) assertSameJson([document]);
    }
  });

  it('may be of any meaning to JavaScript', () => {
    for (const key of [
      '__proto__',
      'constructor',
      'toJSON',
      'toString',
      '_bsontype',
      '$ref',
      '$id',
      '',
      '"'
    ]) {
      for (const value of [1, 'Long', null, { a: 1 }]) {
        const element = elementOf(key, value);
        const within = documentOf(Buffer.concat([elementOf('a', 1), element, elementOf('z', 2)]));
        const nested = documentOf(Buffer.concat([Buffer.from('\x03a\0'), within]));
        for (const form of forms) assertSameJson([documentOf(element), within, nested], {}, form);
      }
    }
  });

  it('may be data', () => {
    const maps = Array.from({ length: MANY * 4 }, (_, index) => ({
      _id: index,
      map: { [`"${index}`]: { value: index }, '': 1, [index]: { [`n${index}`]: null } },
      list: [{ [`k${index}`]: index, last: { [`k${index}`]: 'é' } }]
    }));
    assertSame(...maps, ...maps);
    const large = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key${index}`, { index }]));
    assertSame(large, { ...large, key0: { index: undefined } }, large);
    const twice = Buffer.from(bson.serialize(large));
    twice.write('key500', twice.indexOf('\x03key999\0') + 1);
    for (let time = 0; time < 4; time++) assertSameJson([twice]);
  });

  it('are written in the same text after many documents of one shape, and of another', () => {
    const shape = { _id: 1, name: 'n', address: { street: 's', city: 'c' }, age: 1.5 };
    const other = { _id: 1, name: 'n', address: { street: 's', country: 'c' }, active: true };
    const all = [...Array<bson.Document>(MANY).fill(shape), other, shape, {}, other];
    assertSame(...all);
  });

  it('may be of documents in one another, deeper than recursion is wise', () => {
    for (const depth of [98, 99, 100, 101, 400]) {
      let document: bson.Document = { deepest: true };
      for (let level = 0; level < depth; level++)
        document = level % 2 ? { a: [document] } : { a: document, z: 1 };
      assertSame(document);
    }
  });

  it('of references within references are read a bounded number of times', () => {
    let document: bson.Document = { text: 'x'.repeat(1_000) };
    for (let level = 0; level < 90; level++) document = { inside: document, $ref: 'c', $id: 1 };
    assertSame(document);
  });
});

/** Of any key, also one that bson would not write. */
function elementOf(key: string, value: unknown): Buffer {
  const bytes = bson.serialize({ k: value });
  return Buffer.concat([bytes.subarray(4, 5), Buffer.from(key), bytes.subarray(6, -1)]);
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
}
