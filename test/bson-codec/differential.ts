/* Properties that hold this codec to bson's. */
import * as bson from 'bson';
import type { DeserializeOptions, Document, SerializeOptions } from 'bson';
import fc from 'fast-check';
import { deserialize, serialize } from '../../lib/bson/index';
import { anyDeserializeOptions, anyDocument, anyMutation, anySerializeOptions } from './arbitraries';
import { assertSame, outcome } from './same';

type Mutation = typeof anyMutation extends fc.Arbitrary<infer T> ? T : never;

export const writesTheSame = fc.property(anyDocument, anySerializeOptions, assertWritesTheSame);

export const readsTheSame = fc.property(anyDocument, anyDeserializeOptions, (document, options) => {
  const bytes = bytesOf(document);
  if (bytes !== undefined) assertReadsTheSame(bytes, options);
});

export const readsMalformedTheSame = fc.property(
  anyDocument,
  anyDeserializeOptions,
  fc.array(anyMutation, { minLength: 1, maxLength: 3 }),
  (document, options, mutations) => {
    const bytes = bytesOf(document);
    if (bytes !== undefined) assertReadsTheSame(mutated(bytes, mutations), options);
  }
);

export const properties = [writesTheSame, readsTheSame, readsMalformedTheSame];

export function assertWritesTheSame(document: Document, options?: SerializeOptions): void {
  const theirs = outcome(() => bson.serialize(document, options));
  assertSame(
    outcome(() => serialize(document, options)),
    theirs
  );
}

/** Reads the bytes where they are, and in the midst of others. */
export function assertReadsTheSame(bytes: Buffer, options?: DeserializeOptions): void {
  const theirs = outcome(() => bson.deserialize(bytes, options));
  assertSame(
    outcome(() => deserialize(bytes, options)),
    theirs
  );
  const view = inTheMidst(bytes);
  assertSame(
    outcome(() => deserialize(view, options)),
    theirs
  );
}

/** What comes after the bytes would end a document, or go on with it. */
function inTheMidst(bytes: Buffer): Buffer {
  const larger = Buffer.concat([Buffer.from([16, 97, 0]), bytes, Buffer.from([0, 0, 10, 97, 0, 0, 0])]);
  return larger.subarray(3, 3 + bytes.length);
}

function bytesOf(document: Document): Buffer | undefined {
  try {
    return Buffer.from(bson.serialize(document));
  } catch {
    return undefined;
  }
}

export function mutated(bytes: Buffer, mutations: Mutation[]): Buffer {
  let result = Buffer.from(bytes);
  for (const { at, by, less } of mutations) {
    Buffer.from(by).copy(result, Math.floor(at * result.length));
    result = result.subarray(0, Math.max(0, result.length - less));
  }
  return result;
}
