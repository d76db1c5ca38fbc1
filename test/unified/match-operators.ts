import { BSON } from 'mongodb';
import type { ServerSessionId } from 'mongodb';
import { match } from './match';
import type { Place } from './match';
import { hasType } from './match-types';
import { check, InvalidTest, show } from './mismatch';
import { asNumber, isDocument } from './values';

type Operator = (actual: unknown, place: Place) => void;

/** The special operators; each is given its operand and returns the assertion. */
const operators: Record<string, (operand: unknown) => Operator> = {
  $$exists: operand => (actual, place) =>
    check(
      (actual !== undefined) === operand,
      `${place.path}: expected to be ${operand ? 'present' : 'absent'}, got ${show(actual)}`
    ),

  $$type: operand => (actual, place) => {
    const names = [operand].flat().map(String);
    check(
      names.some(name => hasType(actual, name)),
      `${place.path}: expected type ${names.join(' or ')}, got ${show(actual)}`
    );
  },

  $$unsetOrMatches: operand => (actual, place) => {
    if (actual !== undefined && actual !== null) match(operand, actual, place);
  },

  $$matchesEntity: operand => (actual, place) =>
    match(place.entities.get('value', String(operand)), actual, place),

  $$sessionLsid: operand => (actual, place) =>
    matchSessionId(place.entities.get('session', String(operand)).id, actual, place),

  $$matchesHexBytes: operand => {
    const expected = hexBytes(operand);
    return (actual, place) => {
      check(Buffer.isBuffer(actual), `${place.path}: expected bytes, got ${show(actual)}`);
      check(expected.equals(actual), `${place.path}: expected bytes ${show(expected)}, got ${show(actual)}`);
    };
  },

  $$lte: operand => (actual, place) => {
    const [limit, value] = [asNumber(operand), asNumber(actual)];
    check(
      limit !== undefined && value !== undefined && value <= limit,
      `${place.path}: expected at most ${show(operand)}, got ${show(actual)}`
    );
  },

  $$matchAsRoot: operand => (actual, place) => match(operand, actual, { ...place, root: true }),

  $$matchAsDocument: operand => (actual, place) => {
    check(typeof actual === 'string', `${place.path}: expected Extended JSON, got ${show(actual)}`);
    match(operand, parse(actual, place), { ...place, root: false });
  }
};

/** A span's attribute cannot be a document: there the id is the digits of its UUID. */
function matchSessionId(id: ServerSessionId | undefined, actual: unknown, place: Place): void {
  const expected = typeof actual === 'string' ? id?.id.toUUID().toHexString() : id;
  match(expected, actual, { ...place, root: false });
}

/** The operator that `expected` stands for, when its only key is one. */
export function operatorOf(expected: unknown): Operator | undefined {
  if (!isDocument(expected)) return undefined;
  const [key, ...others] = Object.keys(expected);
  if (key === undefined || others.length > 0 || !key.startsWith('$$')) return undefined;
  const operator = operators[key];
  if (!operator) throw new InvalidTest(`unsupported operator ${key}`);
  return operator(expected[key]);
}

/** The bytes an even number of hexadecimal digits stand for. */
export function hexBytes(digits: unknown): Buffer {
  if (typeof digits !== 'string' || !/^([0-9a-f]{2})*$/i.test(digits)) {
    throw new InvalidTest(`malformed hexadecimal bytes: ${show(digits)}`);
  }
  return Buffer.from(digits, 'hex');
}

function parse(text: string, place: Place): unknown {
  try {
    return BSON.EJSON.parse(text);
  } catch {
    check(false, `${place.path}: expected Extended JSON, got ${text}`);
  }
}
