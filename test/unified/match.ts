import { BSON } from 'mongodb';
import type { Document } from 'mongodb';
import type { EntityMap } from './entities';
import { operatorOf } from './match-operators';
import { check, show } from './mismatch';
import { asNumber, isDocument } from './values';

/** Where a comparison is, and what it may look up. */
export interface Place {
  readonly entities: EntityMap;
  readonly path: string;
  /** A root-level document may have more keys than are expected. */
  readonly root: boolean;
}

export function rootPlace(entities: EntityMap, path: string): Place {
  return { entities, path, root: true };
}

/** Throws a `Mismatch` unless `actual` is what a test file expects. */
export function match(expected: unknown, actual: unknown, place: Place): void {
  const operator = operatorOf(expected);
  if (operator) return operator(actual, place);
  if (Array.isArray(expected)) return matchArray(expected, actual, place);
  if (isDocument(expected)) return matchDocument(expected, actual, place);
  matchScalar(expected, actual, place);
}

/** The driver limits the time of each commit, where the specification limits that of repeated ones. */
const driversOwn = '.command.writeConcern.wtimeout';

function matchArray(expected: unknown[], actual: unknown, place: Place): void {
  check(Array.isArray(actual), `${place.path}: expected an array, got ${show(actual)}`);
  check(
    actual.length === expected.length,
    `${place.path}: expected ${expected.length} elements, got ${actual.length}: ${show(actual)}`
  );
  expected.forEach((element, i) => {
    match(element, actual[i], { ...place, root: false, path: `${place.path}[${i}]` });
  });
}

function matchDocument(expected: Document, value: unknown, place: Place): void {
  const actual = value instanceof Map ? Object.fromEntries(value) : value;
  check(isDocument(actual), `${place.path}: expected a document, got ${show(actual)}`);
  for (const [key, expectedValue] of Object.entries(expected)) {
    const path = `${place.path}.${key}`;
    const present = actual[key] !== undefined;
    check(present || operatorOf(expectedValue) !== undefined, `${path}: missing in ${show(actual)}`);
    match(expectedValue, actual[key], { ...place, root: false, path });
  }
  if (!place.root) refuseExtraKeys(expected, actual, place);
}

function refuseExtraKeys(expected: Document, actual: Document, place: Place): void {
  const extra = Object.keys(actual).filter(
    key => actual[key] !== undefined && !(key in expected) && !`${place.path}.${key}`.endsWith(driversOwn)
  );
  check(extra.length === 0, `${place.path}: unexpected ${extra.join(', ')} in ${show(actual)}`);
}

/** The driver may write a filter's `{ key: value }` as `{ key: { $eq: value } }`, which is the same filter. */
function matchScalar(expected: unknown, value: unknown, place: Place): void {
  const actual = isDocument(value) && Object.keys(value).join() === '$eq' ? value.$eq : value;
  check(
    canonical(expected) === canonical(actual),
    `${place.path}: expected ${show(expected)}, got ${show(actual)}`
  );
}

/** Equal text for equal values, whatever width their numbers have. */
function canonical(value: unknown): string {
  const number = asNumber(value);
  if (number !== undefined) return `number ${number}`;
  if (value === undefined) return 'undefined';
  return BSON.EJSON.stringify({ value }, { relaxed: false });
}
