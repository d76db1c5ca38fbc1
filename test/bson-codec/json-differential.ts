/* Properties that hold JSON written from bytes to that of what bson decodes. */
import * as bson from 'bson';
import type { DeserializeOptions } from 'bson';
import fc from 'fast-check';
import { Memory } from '../../lib/bson/input';
import { type Elements, type JsonForm, JsonArray } from '../../lib/bson/json/index';
import { readingFor } from '../../lib/bson/options';
import { anyDeserializeOptions, anyDocument, anyMutation } from './arbitraries';
import { mutated } from './differential';
import { assertSame, outcome } from './same';

export const forms: readonly JsonForm[] = ['json', 'relaxed', 'canonical'];

const anyForm = fc.constantFrom(...forms);

/** What bson does not write, or seldom: by type, with the key `r`. */
const rare = fc.constantFrom(
  ...[
    '067200', // undefined
    '067200067200',
    '0e7200' + '03000000' + '616200', // symbol
    '0c7200' + '02000000' + '6100' + '00112233445566778899aabb', // DBPointer
    '057200' + '07000000' + '02' + '03000000' + '010203', // binary of an old form
    '057200' + '10000000' + '04' + '00112233445566778899aabbccddeeff', // UUID
    '057200' + '02000000' + '04' + '0102',
    '057200' + '06000000' + '09' + '0300ff017f02', // vector
    '057200' + '02000000' + '09' + '0301', // vector that is none
    '027200' + '02000000' + '6162', // string without an end
    '037200' + '08000000' + '06610000', // undefined within
    '047200' + '0c000000' + '063000' + '0a310000' + '00'
  ].map(hex => Buffer.from(hex, 'hex'))
);

/** Bytes whose keys come in any order, and more than once. */
const anyBytes = fc
  .tuple(fc.array(anyDocument, { minLength: 1, maxLength: 3 }), fc.option(rare), fc.boolean())
  .map(([documents, element, first]) => {
    const others = documents.map(document => elementsOf(document));
    const elements = element === null ? others : first ? [element, ...others] : [...others, element];
    return documentOf(Buffer.concat(elements));
  });

export const writesTheSame = fc.property(
  fc.array(anyBytes, { maxLength: 3 }),
  anyDeserializeOptions,
  anyForm,
  assertSameJson
);

export const writesMalformedTheSame = fc.property(
  anyBytes,
  fc.array(anyMutation, { minLength: 1, maxLength: 3 }),
  anyDeserializeOptions,
  anyForm,
  (bytes, mutations, options, form) => {
    const malformed = mutated(bytes, mutations);
    if (malformed.length >= 5) assertSameJson([sized(malformed), bytes], options, form);
  }
);

export const properties = [writesTheSame, writesMalformedTheSame];

/** Writes them all twice, since the second time their keys are known. */
export function assertSameJson(
  documents: Buffer[],
  options: DeserializeOptions = {},
  form: JsonForm = 'json'
): void {
  const how = readingFor(options);
  if (how === undefined) return;
  const { index: _, allowObjectSmallerThanBufferSize: __, ...usual } = options;
  const theirs = outcome(
    () => `[${documents.map(document => stringify(bson.deserialize(document, usual), form)).join()}]`
  );
  for (let time = 0; time < 2; time++) {
    assertSame(
      outcome(() => jsonOf(documents, options, form)),
      theirs
    );
  }
}

/** @param options - such as lib/bson reads with */
export function jsonOf(documents: Buffer[], options: DeserializeOptions, form: JsonForm): string {
  const array = new JsonArray(form);
  const elements = elementsWith(documents);
  const pieces: Buffer[] = [];
  while (elements.written < documents.length) pieces.push(array.piece(elements, readingFor(options)!)!);
  return Buffer.concat([...pieces, array.end()]).toString();
}

/** The elements of an array of documents, in the midst of other bytes. */
function elementsWith(documents: Buffer[]): Elements {
  const before = Buffer.from([3, 97, 0]);
  const elements = documents.map((document, index) =>
    Buffer.concat([Buffer.from(`\x03${index}\0`), document])
  );
  const after = Buffer.from([0, 0, 10, 97, 0, 0, 0]);
  const bytes = Buffer.concat([before, ...elements, after]);
  return { memory: new Memory(bytes), next: before.length, end: bytes.length - after.length, written: 0 };
}

function stringify(value: unknown, form: JsonForm): string {
  return form === 'json'
    ? JSON.stringify(value)
    : bson.EJSON.stringify(value, { relaxed: form === 'relaxed' });
}

function elementsOf(document: bson.Document): Uint8Array {
  try {
    return bson.serialize(document).subarray(4, -1);
  } catch {
    return new Uint8Array(0);
  }
}

/** A document of these elements. */
export function documentOf(elements: Uint8Array): Buffer {
  return sized(Buffer.concat([Buffer.alloc(4), elements, Buffer.alloc(1)]));
}

function sized(bytes: Buffer): Buffer {
  bytes.writeInt32LE(bytes.length);
  return bytes;
}
