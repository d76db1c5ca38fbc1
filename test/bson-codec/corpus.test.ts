import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as bson from 'bson';
import type { DeserializeOptions, Document } from 'bson';
import { expect } from 'chai';
import { howToGetSpecifications, specificationsDirectory } from '../unified/files';
import { assertReadsTheSame, assertWritesTheSame } from './differential';
import { assertSameJson, forms } from './json-differential';

const folders = ['bson-corpus/tests', 'bson-binary-vector/tests'];

const OPTIONS: DeserializeOptions[] = [
  {},
  { promoteValues: false, bsonRegExp: true },
  { promoteLongs: false, promoteBuffers: true },
  { useBigInt64: true, validation: { utf8: false } },
  { raw: true }
];

interface Files {
  valid?: Record<string, string>[];
  decodeErrors?: { bson: string }[];
  tests?: { canonical_bson?: string }[];
}

describe("the specifications' documents", () => {
  for (const folder of folders) {
    const directory = join(specificationsDirectory, folder);
    if (!existsSync(directory)) {
      it(`in ${folder}: ${howToGetSpecifications}`);
      continue;
    }
    for (const file of readdirSync(directory)) {
      const all = documentsOf(JSON.parse(readFileSync(join(directory, file), 'utf8')));
      if (all.length > 0) it(`are read and written as by bson: ${folder}/${file}`, () => all.forEach(check));
      const whole = all.filter(bytes => bytes.length >= 5 && bytes.readInt32LE() === bytes.length);
      if (whole.length > 0) it(`become the same JSON: ${folder}/${file}`, () => whole.forEach(checkJson));
    }
  }
});

function documentsOf({ valid = [], decodeErrors = [], tests = [] }: Files): Buffer[] {
  const hexes = [
    ...valid.flatMap(test => [test['canonical_bson'], test['degenerate_bson'], test['converted_bson']]),
    ...decodeErrors.map(test => test.bson),
    ...tests.map(test => test.canonical_bson)
  ];
  return hexes.filter(hex => hex !== undefined).map(hex => Buffer.from(hex, 'hex'));
}

function check(bytes: Buffer): void {
  expect(bytes).not.to.be.empty;
  for (const options of OPTIONS) {
    assertReadsTheSame(bytes, options);
    for (const document of readable(bytes, options))
      assertWritesTheSame(document, { ignoreUndefined: false });
  }
}

function checkJson(bytes: Buffer): void {
  for (const options of OPTIONS) for (const form of forms) assertSameJson([bytes], options, form);
}

function readable(bytes: Buffer, options: DeserializeOptions): Document[] {
  try {
    return [bson.deserialize(bytes, options)];
  } catch {
    return [];
  }
}
