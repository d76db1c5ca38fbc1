import type { Document, MongoError } from 'mongodb';
import type { Driver } from './driver';
import type { ExpectedError } from './format';
import { match, rootPlace } from './match';
import { bulkWriteDocument } from './bulk-write';
import { check, InvalidTest, show } from './mismatch';
import type { TestRun } from './test-run';

/** A driver's error with whatever its class adds: the format asks about all of it. */
export type AnyError = Error & Partial<MongoError> & Document;

type ErrorCheck = (expected: never, error: AnyError, run: TestRun) => void;

const checks: Record<keyof ExpectedError, ErrorCheck> = {
  isError: () => undefined,

  isClientError: (expected: boolean, error, { driver }) =>
    check(
      !isServerError(error, driver) === expected,
      `expected isClientError ${expected}, got ${describe(error)}`
    ),

  isTimeoutError: (expected: boolean, error, { driver }) =>
    check(
      error instanceof driver.MongoOperationTimeoutError === expected,
      `expected isTimeoutError ${expected}, got ${describe(error)}`
    ),

  errorContains: (expected: string, error) => {
    const text = collect(error, 'message', 'errmsg').join('\n');
    check(
      text.toLowerCase().includes(expected.toLowerCase()),
      `expected an error with "${expected}", got: ${text}`
    );
  },

  errorCode: (expected: number, error) =>
    check(topLevel(error).code === expected, `expected code ${expected}, got ${describe(error)}`),

  errorCodeName: (expected: string, error) => {
    const names = collect(error, 'codeName').map(name => name.toLowerCase());
    check(names.includes(expected.toLowerCase()), `expected ${expected}, got ${describe(error)}`);
  },

  errorLabelsContain: (expected: string[], error) => {
    const missing = expected.filter(label => !hasLabel(error, label));
    check(missing.length === 0, `expected the labels ${missing.join(', ')}, got ${show(error.errorLabels)}`);
  },

  errorLabelsOmit: (expected: string[], error) => {
    const present = expected.filter(label => hasLabel(error, label));
    check(present.length === 0, `expected no labels ${present.join(', ')}`);
  },

  writeErrors: (expected: Document, error, run) => {
    const actual: Document = error.writeErrors instanceof Map ? Object.fromEntries(error.writeErrors) : {};
    const indexes = Object.keys(actual);
    check(
      indexes.length === Object.keys(expected).length,
      `unexpected write errors at ${indexes.join(', ')}`
    );
    for (const [index, value] of Object.entries(expected)) {
      match(value, actual[index], rootPlace(run.entities, `writeErrors.${index}`));
    }
  },

  writeConcernErrors: (expected: Document[], error, run) => {
    const actual: Document[] = error.writeConcernErrors ?? [];
    check(actual.length === expected.length, `unexpected write concern errors: ${show(actual)}`);
    expected.forEach((value, i) =>
      match(value, actual[i], rootPlace(run.entities, `writeConcernErrors[${i}]`))
    );
  },

  errorResponse: (expected: Document, error, run) =>
    match(expected, topLevel(error).errorResponse, rootPlace(run.entities, 'errorResponse')),

  expectResult: (expected: unknown, error, run) =>
    match(expected, resultOf(error), rootPlace(run.entities, "the error's result"))
};

export function matchError(expected: ExpectedError, error: AnyError, run: TestRun): void {
  for (const [name, value] of Object.entries(expected)) {
    const assertError = checks[name as keyof ExpectedError];
    if (!assertError) throw new InvalidTest(`unknown field of an expected error: ${name}`);
    assertError(value as never, error, run);
  }
}

/** A bulk write over the client's wraps the error that ended it. */
function topLevel(error: AnyError): AnyError {
  return error.name === 'MongoClientBulkWriteError' && error.cause ? (error.cause as AnyError) : error;
}

/** A bulk write wraps whatever ended it in a server's error, which has a code only if the server sent one. */
function isServerError(error: AnyError, driver: Driver): boolean {
  const { name, code, writeErrors = [] } = error;
  if (name === 'MongoBulkWriteError' && code === undefined && [writeErrors].flat().length === 0) return false;
  return topLevel(error) instanceof driver.MongoServerError;
}

function hasLabel(error: AnyError, label: string): boolean {
  return [error, topLevel(error)].some(part => part.hasErrorLabel?.(label));
}

/** What a bulk write had done before it failed. */
function resultOf(error: AnyError): unknown {
  return error.partialResult ? bulkWriteDocument(error.partialResult) : error.result;
}

/** Texts under `names`, of the error and of the errors it gathers. */
function collect(error: AnyError, ...names: string[]): string[] {
  const gathered = [error, topLevel(error), error.errorResponse, error.err, error.writeErrors].flat();
  const texts = gathered.flatMap((part: Document | undefined) => names.map(name => part?.[name]));
  return texts.filter(text => typeof text === 'string');
}

export function describe(error: AnyError): string {
  const { name, code, message } = topLevel(error);
  return `${name}${code === undefined ? '' : ` (${code})`}: ${message}`;
}
