/* A document for each type of value, so that none is slow without being noticed. */
import type { BSON } from 'mongodb';

/** Documents of twenty fields of one type, by its name. */
export function twentyOfEach(bson: typeof BSON): Record<string, object> {
  const { BSONSymbol, Binary, Code, DBRef, Decimal128, Long, MinKey, ObjectId, Timestamp, UUID } = bson;
  const id = new ObjectId();
  const values: Record<string, unknown> = {
    string: 'a short text',
    'string of 2,000 characters': 'long text '.repeat(200),
    'string that is not ASCII': 'zażółć gęślą jaźń',
    integer: 7,
    double: 1.5,
    boolean: true,
    null: null,
    Date: new Date(1.7e12),
    document: { a: 1, b: { c: 2 } },
    'array of numbers': [1, 2, 3, 4, 5, 6, 7, 8],
    'array of strings': ['a', 'bb', 'ccc'],
    ObjectId: id,
    UUID: new UUID(),
    'Binary of 200 bytes': new Binary(Buffer.alloc(200)),
    Long: Long.fromString('9007199254740993'),
    Timestamp: new Timestamp({ t: 1, i: 2 }),
    Decimal128: Decimal128.fromString('12.5'),
    RegExp: /a.c/i,
    DBRef: new DBRef('c', id),
    Code: new Code('f()'),
    'Code with a scope': new Code('f()', { a: 1 }),
    Symbol: new BSONSymbol('s'),
    MinKey: new MinKey(),
    Map: new Map([['a', 1]])
  };
  const twenty = (value: unknown) =>
    Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`field${i}`, value]));
  return Object.fromEntries(Object.entries(values).map(([type, value]) => [`20 × ${type}`, twenty(value)]));
}
