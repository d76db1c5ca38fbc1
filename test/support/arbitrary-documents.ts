import fc from 'fast-check';
import { Binary, type Document, Double, Int32, Long, ObjectId } from 'mongodb';

/** A `$` makes another thing of some documents (DBRef), and a name ends at a zero byte. */
const name = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter(text => !/[$\0]/.test(text) && text !== '__proto__');

const leaf = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map(bytes => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 60 }).map(bytes => new Binary(bytes)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(value => Long.fromBigInt(value)),
  fc.integer().map(value => new Int32(value)),
  fc.double().map(value => new Double(value))
);

const { document } = fc.letrec<{ value: unknown; document: Document }>(tie => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('document'), fc.array(tie('value'), { maxLength: 4 })),
  document: fc.dictionary(name, tie('value'), { maxKeys: 6, noNullPrototype: true })
}));

/** Any document that BSON has a form for, of the types that users have in theirs. */
export const anyDocument: fc.Arbitrary<Document> = document;
