import { isDeepStrictEqual } from 'node:util';

/** What came of a call: what it returned, or what it threw. */
export type Outcome = { value: unknown } | { error: unknown };

export function outcome(call: () => unknown): Outcome {
  try {
    return { value: call() };
  } catch (error) {
    return { error };
  }
}

/** Throws when the outcomes differ: in an error's class or message; in a value's types, content, or order of keys. */
export function assertSame(ours: Outcome, theirs: Outcome): void {
  const difference = differ(ours, theirs);
  if (difference !== undefined) throw new Error(`differs ${difference}`, { cause: { ours, theirs } });
}

function differ(ours: Outcome, theirs: Outcome): string | undefined {
  if ('error' in ours !== 'error' in theirs) return 'in whether there is an error';
  if ('error' in ours && 'error' in theirs) return differentError(ours.error, theirs.error);
  return different((ours as { value: unknown }).value, (theirs as { value: unknown }).value, 'at the root');
}

function differentError(ours: unknown, theirs: unknown): string | undefined {
  if (!(ours instanceof Error && theirs instanceof Error))
    return Object.is(ours, theirs) ? undefined : 'in what was thrown';
  if (ours.constructor !== theirs.constructor) return "in the error's class";
  return ours.message === theirs.message ? undefined : "in the error's message";
}

function different(ours: unknown, theirs: unknown, where: string): string | undefined {
  if (Object.is(ours, theirs)) return undefined;
  if (typeof ours !== 'object' || typeof theirs !== 'object' || !ours || !theirs) return where;
  if (Object.getPrototypeOf(ours) !== Object.getPrototypeOf(theirs)) return `in the class ${where}`;
  if (ours instanceof Uint8Array) return sameBytes(ours, theirs as Uint8Array) ? undefined : where;
  if (ours instanceof Date) return Object.is(ours.getTime(), (theirs as Date).getTime()) ? undefined : where;
  if (ours instanceof RegExp) return isDeepStrictEqual(ours, theirs) ? undefined : where;
  return differentMembers(ours, theirs, where);
}

function differentMembers(ours: object, theirs: object, where: string): string | undefined {
  const keys = Reflect.ownKeys(ours);
  if (!isDeepStrictEqual(keys, Reflect.ownKeys(theirs))) return `in the keys ${where}`;
  for (const key of keys) {
    const [a, b] = [ours, theirs].map(object => Object.getOwnPropertyDescriptor(object, key)!);
    const { value: mine, ...attributes } = a!;
    const { value: its, ...itsAttributes } = b!;
    if (!isDeepStrictEqual(attributes, itsAttributes)) return `in the attributes of ${String(key)} ${where}`;
    const difference = different(mine, its, `at ${String(key)} ${where}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function sameBytes(ours: Uint8Array, theirs: Uint8Array): boolean {
  return Buffer.compare(ours, theirs) === 0;
}
