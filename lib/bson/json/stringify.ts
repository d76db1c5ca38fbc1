/* JSON of what has been decoded: for documents that are not written from their bytes. */
import { BSON } from '../library.js';

const { EJSON } = BSON;

/** What is written: what `JSON.stringify` gives of documents, or what `EJSON.stringify` does, relaxed or not. */
export type JsonForm = 'json' | 'relaxed' | 'canonical';

/** The text of a value; undefined when it has none, as a function. */
export function stringify(value: unknown, form: JsonForm): string | undefined {
  return form === 'json' ? JSON.stringify(value) : EJSON.stringify(value, { relaxed: form === 'relaxed' });
}

interface Stringified {
  toJSON?: unknown;
  toExtendedJSON?: unknown;
  toISOString?: unknown;
}

const { Binary, BSONRegExp, BSONSymbol, Code, DBRef, Decimal128, Double, Int32 } = BSON;
const { Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } = BSON;

/** The classes of what is in documents. */
const classes: readonly { prototype: object }[] = [
  ...[Object, Array, String, Number, Boolean, BigInt, Date, RegExp, Uint8Array, Buffer],
  ...[Binary, BSONRegExp, BSONSymbol, Code, DBRef, Decimal128, Double, Int32, Long],
  ...[MaxKey, MinKey, ObjectId, Timestamp, UUID]
];

const methods = classes.map(({ prototype }) => methodsOf(prototype));

/** Whether somebody has changed how the values of some class are stringified, since this was loaded. */
export function isStringifiedOtherwise(): boolean {
  return classes.some(({ prototype }, index) =>
    methodsOf(prototype).some((method, which) => method !== methods[index]![which])
  );
}

function methodsOf(prototype: object): readonly unknown[] {
  const { toJSON, toExtendedJSON, toISOString }: Stringified = prototype;
  return [toJSON, toExtendedJSON, toISOString];
}
