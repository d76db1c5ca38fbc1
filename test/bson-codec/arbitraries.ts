import {
  BSONRegExp,
  BSONSymbol,
  Binary,
  Code,
  DBRef,
  Decimal128,
  type DeserializeOptions,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  type SerializeOptions,
  Timestamp,
  UUID
} from 'bson';
import fc from 'fast-check';

/** Few, so that documents of one shape recur; and each that means something to somebody. */
const usualName = fc.constantFrom(
  '_id',
  'a',
  'b',
  'name',
  'tags',
  'created_at',
  'a much longer name of a key'
);
const oddName = fc.constantFrom(
  ...[
    '$ref',
    '$id',
    '$db',
    '$set',
    '__proto__',
    'constructor',
    'toString',
    'length',
    '',
    '0',
    '7',
    '12345',
    'a.b'
  ],
  ...['_bsontype', 'ä', 'день', '日本', '🙂', '\ud800', 'a\0b', '\ufffd', 'x'.repeat(120)]
);
const name = fc.oneof(
  { weight: 12, arbitrary: usualName },
  { weight: 3, arbitrary: oddName },
  { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) }
);

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('', '\0', '\ud800', 'a\udc00b', '\ufffd', 'ÿ'.repeat(30), 'a'.repeat(24), 'é'.repeat(25))
);

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const edge = fc.constantFrom(
  2 ** 53,
  -(2 ** 53),
  2 ** 53 + 2,
  2 ** 31,
  -(2 ** 31),
  2 ** 31 - 1,
  -0,
  NaN,
  Infinity
);
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const bytes = fc.uint8Array({ maxLength: 40 });

const plain = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  edge,
  fc.boolean(),
  fc.constant(null),
  fc.date(),
  bytes.map(content => Buffer.from(content))
);

const tagged = fc.oneof(
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map(id => new ObjectId(id)),
  fc.tuple(bytes, fc.integer({ min: 0, max: 255 })).map(([content, subtype]) => new Binary(content, subtype)),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map(content => new UUID(content)),
  fc
    .oneof(int64, fc.constantFrom(2n ** 53n, -(2n ** 53n), 2n ** 53n + 1n))
    .map(value => Long.fromBigInt(value)),
  fc.integer().map(value => new Int32(value)),
  fc.oneof(fc.double(), edge).map(value => new Double(value)),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map(content => new Decimal128(Buffer.from(content))),
  fc.record({ t: uint32, i: uint32 }).map(parts => new Timestamp(parts)),
  fc
    .tuple(text, fc.constantFrom('', 'i', 'mi', 'imsux', 's'))
    .map(([pattern, flags]) => regExp(pattern, flags)),
  fc
    .tuple(text, fc.subarray(['g', 'i', 'm', 's', 'u', 'y']))
    .map(([source, flags]) => nativeRegExp(source, flags.join(''))),
  text.map(value => new BSONSymbol(value)),
  text.map(value => new Code(value)),
  fc.constantFrom(new MinKey(), new MaxKey())
);

/** What documents hold by mistake, or by somebody's trick. */
const odd = fc.oneof(
  int64,
  fc.constantFrom<unknown>(
    undefined,
    Symbol('s'),
    new Date(NaN),
    new Map([['k', 1]]),
    new Set([1]),
    new Map([[1, 2]])
  ),
  fc.constantFrom<unknown>(
    () => 1,
    class Named extends Map {},
    /a+/gims,
    new RegExp(''),
    new Error('e'),
    new Float32Array([1]),
    new ArrayBuffer(3)
  ),
  fc.constantFrom<unknown>(
    new String('ab'),
    new Number(1),
    new Boolean(false),
    Object.create(null),
    Object.create({ a: 1 })
  ),
  fc.constantFrom<unknown>(
    { _bsontype: 'Other' },
    { _bsontype: 'ObjectId' },
    { _bsontype: null },
    { _bsontype: 'Long' }
  ),
  fc.constantFrom<unknown>(
    { toBSON: () => ({ b: 1 }) },
    { toBSON: () => undefined },
    { toBSON: () => 'text' },
    { toBSON: 1 }
  ),
  fc.constantFrom<unknown>(
    { [Symbol.toStringTag]: 'Date' },
    { [Symbol.toStringTag]: 'Map' },
    new Proxy({ a: 1 }, {})
  )
);

const { document } = fc.letrec<{ value: unknown; document: Document }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 12, arbitrary: plain },
    { weight: 6, arbitrary: tagged },
    { weight: 1, arbitrary: odd },
    { weight: 5, arbitrary: tie('document') },
    { weight: 3, arbitrary: fc.array(tie('value'), { maxLength: 5 }) },
    {
      weight: 1,
      arbitrary: fc.tuple(text, tie('document')).map(([code, scope]) => new Code(code, scope as Document))
    },
    { weight: 1, arbitrary: fc.tuple(text, tie('value'), name, tie('document')).map(reference) },
    { weight: 1, arbitrary: fc.tuple(tie('document'), fc.nat(12), tie('document')).map(batch) },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }).map(withHole) },
    {
      weight: 1,
      arbitrary: fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map(all => new Map(all))
    }
  ),
  document: fc.array(fc.tuple(name, tie('value')), { maxLength: 9 }).map(fromEntries)
}));

/** A document of anything that JavaScript has. */
export const anyDocument: fc.Arbitrary<Document> = document;

export const anySerializeOptions: fc.Arbitrary<SerializeOptions> = fc.record(
  { ignoreUndefined: fc.boolean(), serializeFunctions: fc.boolean(), checkKeys: sometimes(10) },
  { requiredKeys: [] }
);

export const anyDeserializeOptions: fc.Arbitrary<DeserializeOptions> = fc.record(
  {
    promoteLongs: fc.boolean(),
    promoteBuffers: fc.boolean(),
    promoteValues: fc.boolean().map(value => !value || undefined) as fc.Arbitrary<boolean>,
    useBigInt64: sometimes(4),
    bsonRegExp: fc.boolean(),
    raw: sometimes(10),
    fieldsAsRaw: fc.constantFrom({ tags: true }, undefined) as fc.Arbitrary<Document>,
    validation: fc.constantFrom({ utf8: true }, { utf8: false }, { utf8: { a: true as const } }),
    allowObjectSmallerThanBufferSize: fc.boolean()
  },
  { requiredKeys: [] }
);

/** A change to bytes: what is written over them, from where (a share of their length), and how many fewer are left. */
export const anyMutation = fc.record({
  at: fc.nat(999_999).map(parts => parts / 1e6),
  by: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
    fc.constantFrom(...[0, 1, 4, 5, 0xff, 0x7f, 3, 4, 15, 2].map(byte => Uint8Array.of(byte))),
    fc.constantFrom(
      ...[0, -1, 4, 5, 2 ** 31 - 1, -(2 ** 31)].map(value => new Uint8Array(Int32Array.of(value).buffer))
    )
  ),
  less: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(9) })
});

function sometimes(oneIn: number): fc.Arbitrary<boolean> {
  return fc.nat(oneIn - 1).map(value => value === 0);
}

function reference([ref, id, db, fields]: unknown[]): DBRef {
  const named = db === 'a' ? undefined : (db as string);
  return new DBRef(ref as string, id as ObjectId, named, fields as Document);
}

function nativeRegExp(source: string, flags: string): RegExp {
  return new RegExp(source.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), flags);
}

function regExp(pattern: string, flags: string): BSONRegExp {
  return new BSONRegExp(pattern.replaceAll('\0', ''), flags);
}

function batch([one, count, other]: [unknown, number, unknown]): unknown[] {
  return [...Array<unknown>(count).fill(one), other, one];
}

function withHole(array: unknown[]): unknown[] {
  const longer = [...array];
  longer.length++;
  return longer;
}

/** Every key is an own property, `__proto__` too. */
function fromEntries(entries: [string, unknown][]): Document {
  const made: Document = {};
  for (const [key, value] of entries) {
    Object.defineProperty(made, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return made;
}
