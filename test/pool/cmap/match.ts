import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { CmapTest } from './format';
import type { PoolEvent } from './recorder';

/** Asserts that the events came as expected, without those that the test ignores. */
export function matchEvents({ events: expected, ignore = [] }: CmapTest, recorded: PoolEvent[]): void {
  const actual = recorded.filter(({ type }) => !ignore.includes(type)).map(withDuration);
  expected.forEach((event, i) => {
    const names = actual.map(({ type }) => type).join(', ');
    expect(actual[i]?.type, `event ${i} of ${names}`).to.equal(event.type);
    matchValue(event, actual[i], `event ${i}, ${event.type}`);
  });
}

/** The driver's name for a duration says its unit. */
function withDuration({ type, event }: PoolEvent): { type: string } & Document {
  const { durationMS: duration, ...rest }: Document = event;
  return { ...rest, type, duration };
}

/** `expected` is a part of `actual`; 42 stands for anything. */
function matchValue(expected: unknown, actual: unknown, path: string): void {
  if (expected === 42 || expected === '42') {
    expect(actual, path).to.exist;
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [key, value] of Object.entries(expected))
      matchValue(value, Object(actual)[key], `${path}.${key}`);
  } else {
    expect(actual, path).to.equal(expected);
  }
}

/** The driver calls its errors by the specification's names with "Mongo" before them, and may say more about them. */
export function matchError({ error: expected }: CmapTest, actual: unknown): void {
  if (!expected) {
    if (actual !== undefined) throw actual;
    return;
  }
  expect(actual, expected.type).to.be.instanceOf(Error);
  const { name, message } = actual as Error;
  expect(name).to.equal(`Mongo${expected.type}`);
  expect(message.startsWith(expected.message), message).to.equal(true);
}
