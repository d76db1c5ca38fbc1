import { expect } from 'chai';
import type { Document } from 'mongodb';
import { driver } from './driver';
import { defineFolder } from './suite';
import type { Test } from './suite';

interface ValidCase {
  description: string;
  canonical_bson: string;
  canonical_extjson: string;
  /** What becomes of a deprecated type in a codec that turns it into another. */
  converted_bson?: string;
  converted_extjson?: string;
  relaxed_extjson?: string;
  degenerate_bson?: string;
  degenerate_extjson?: string;
  /** Whether JSON says less than BSON. */
  lossy?: boolean;
}

const DECIMAL128 = '0x13';

const { deserialize, EJSON, serialize, Decimal128 } = driver.BSON;

describe('the codec of BSON', () => {
  defineFolder({ path: 'bson-corpus/tests', tests: ({ content }) => cases(content) });
});

function* cases({
  bson_type,
  valid = [],
  decodeErrors = [],
  parseErrors = []
}: Document): Iterable<[string, Test]> {
  for (const test of valid as ValidCase[]) yield [test.description, () => roundTrip(test)];
  for (const { description, bson } of decodeErrors) {
    yield [`refuses: ${description}`, () => refuses(() => decode(bson))];
  }
  const parse =
    bson_type === DECIMAL128 ? Decimal128.fromString : (text: string) => encode(EJSON.parse(text));
  for (const { description, string } of parseErrors) {
    yield [`refuses: ${description}`, () => refuses(() => parse(string))];
  }
}

function refuses(read: () => unknown): void {
  expect(read).to.throw(Error);
}

/** Source: the table of assertions in the specification of the corpus. */
function roundTrip(test: ValidCase): void {
  const { canonical_bson, degenerate_bson, canonical_extjson, degenerate_extjson } = test;
  for (const bson of given(canonical_bson, degenerate_bson)) {
    expectBson(decode(bson), test, 'BSON to BSON');
    expectJson(decode(bson), test, 'BSON to JSON');
  }
  for (const json of given(canonical_extjson, degenerate_extjson)) {
    const document = EJSON.parse(json, { relaxed: false });
    expectJson(document, test, 'JSON to JSON');
    if (!test.lossy) expectBson(document, test, 'JSON to BSON');
  }
  if (test.relaxed_extjson !== undefined) relaxed(test, test.relaxed_extjson);
}

function expectBson(document: Document, { canonical_bson, converted_bson }: ValidCase, what: string): void {
  const expected = given(canonical_bson, converted_bson).map(hex => hex.toLowerCase());
  expect(encode(document), what).to.be.oneOf(expected);
}

function expectJson(
  document: Document,
  { canonical_extjson, converted_extjson }: ValidCase,
  what: string
): void {
  const expected = given(canonical_extjson, converted_extjson).map(json => JSON.parse(json, byValue));
  const actual = JSON.parse(EJSON.stringify(document, { relaxed: false }), byValue);
  expect(expected, what).to.deep.include(actual);
}

function given(...texts: (string | undefined)[]): string[] {
  return texts.filter(text => text !== undefined);
}

function relaxed({ canonical_bson }: ValidCase, text: string): void {
  const expected = JSON.parse(text);
  expect(JSON.parse(EJSON.stringify(decode(canonical_bson)))).to.deep.equal(expected, 'BSON to relaxed JSON');
  expect(JSON.parse(EJSON.stringify(EJSON.parse(text)))).to.deep.equal(
    expected,
    'relaxed JSON to relaxed JSON'
  );
}

/** Nothing is promoted to a type of JavaScript that says less. */
function decode(hex: string): Document {
  return deserialize(Buffer.from(hex, 'hex'), { promoteValues: false, bsonRegExp: true });
}

function encode(document: Document): string {
  return Buffer.from(serialize(document, { ignoreUndefined: false })).toString('hex');
}

/** A double may be written with other digits. */
function byValue(key: string, value: unknown): unknown {
  return key === '$numberDouble' ? Number(value) : value;
}
