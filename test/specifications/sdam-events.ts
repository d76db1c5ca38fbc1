import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { SdamEvent } from './discovering-client';
import { asTheDriverSays } from './server-types';

/** Asserts that a client told of these events, and of no others. */
export function matchSdamEvents(expected: Document[], actual: SdamEvent[]): void {
  const wanted = expected.map(entry => Object.entries(entry)[0] as [name: string, event: Document]);
  expect(actual.map(({ name }) => specificationName(name))).to.deep.equal(wanted.map(([name]) => name));
  wanted.forEach(([name, event], i) => matchPart(event, actual[i]!.event, `event ${i}, ${name}`));
}

/** As `server_opening_event`. */
function specificationName(name: string): string {
  return `${name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}_event`;
}

/** `expected` is a part of `actual`; "42" stands for anything. */
function matchPart(expected: unknown, actual: unknown, path: string): void {
  if (expected === '42') {
    expect(actual, path).to.exist;
  } else if (Array.isArray(expected)) {
    const values = [...(actual as Iterable<unknown>)];
    expect(values, path).to.have.lengthOf(expected.length);
    expected.forEach((value, i) => matchPart(value, values[i], `${path}[${i}]`));
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [key, value] of Object.entries(expected))
      matchPart(value, field(actual, key), `${path}.${key}`);
  } else {
    expect(actual, path).to.equal(asTheDriverSays(expected));
  }
}

function field(of: unknown, key: string): unknown {
  const owner = of as Document;
  if (key === 'topologyType') return owner.type;
  return owner[key] instanceof Map ? owner[key].values() : owner[key];
}
