import { expect } from 'chai';
import { BSON } from 'mongodb';
import type { Document } from 'mongodb';
import { driver } from './driver';
import { defineFolder, NotApplicable } from './suite';
import type { Test } from './suite';

type Alias = 'INT8' | 'FLOAT32' | 'PACKED_BIT';

interface VectorTest {
  description: string;
  valid: boolean;
  vector?: number[];
  dtype_hex: string;
  dtype_alias: Alias;
  padding?: number;
  canonical_bson?: string;
}

const { Binary } = driver;
const { deserialize, serialize } = driver.BSON;

describe('vectors in BSON', () => {
  defineFolder({
    path: 'bson-binary-vector/tests',
    parse: BSON.EJSON.parse,
    tests: ({ content }) => cases(content)
  });
});

function* cases({ tests, test_key: key }: Document): Iterable<[string, Test]> {
  for (const test of tests as VectorTest[]) {
    if (test.vector !== undefined) yield [`encodes: ${test.description}`, () => encode(key, test)];
    if (test.canonical_bson !== undefined) yield [`decodes: ${test.description}`, () => decode(key, test)];
  }
}

function encode(key: string, test: VectorTest): void {
  const bson = (): string => Buffer.from(serialize({ [key]: binaryOf(test) })).toString('hex');
  if (test.valid) expect(bson()).to.equal(test.canonical_bson!.toLowerCase());
  else expect(bson).to.throw(Error);
}

function decode(key: string, test: VectorTest): void {
  const numbers = (): number[] => {
    const binary = deserialize(Buffer.from(test.canonical_bson!, 'hex'))[key];
    expect(binary.sub_type).to.equal(Binary.SUBTYPE_VECTOR);
    expect(binary.buffer[0]).to.equal(Number(test.dtype_hex));
    return [...readers[test.dtype_alias](binary)];
  };
  if (test.valid) expect(numbers()).to.deep.equal(Array.from(arrays[test.dtype_alias].from(test.vector!)));
  else expect(numbers).to.throw(Error);
}

const arrays = { INT8: Int8Array, FLOAT32: Float32Array, PACKED_BIT: Uint8Array };

type BinaryValue = InstanceType<typeof Binary>;

const readers: Record<Alias, (binary: BinaryValue) => Iterable<number>> = {
  INT8: binary => binary.toInt8Array(),
  FLOAT32: binary => binary.toFloat32Array(),
  PACKED_BIT: binary => binary.toPackedBits()
};

/** By the method for its type when there is one that takes what the test has. */
function binaryOf({
  dtype_alias: alias,
  dtype_hex,
  vector = [],
  padding = 0,
  valid
}: VectorTest): BinaryValue {
  const array = arrays[alias].from(vector);
  if (alias !== 'FLOAT32' && vector.some((number, i) => number !== array[i])) {
    throw new NotApplicable('such numbers do not fit into the typed array that vectors are made from');
  }
  if (alias === 'PACKED_BIT') return Binary.fromPackedBits(array as Uint8Array, padding);
  if (!valid) return malformed([Number(dtype_hex), padding], array);
  return array instanceof Int8Array
    ? Binary.fromInt8Array(array)
    : Binary.fromFloat32Array(array as Float32Array);
}

function malformed(head: number[], { buffer }: Int8Array | Float32Array | Uint8Array): BinaryValue {
  return new Binary(Buffer.from([...head, ...new Uint8Array(buffer as ArrayBuffer)]), Binary.SUBTYPE_VECTOR);
}
