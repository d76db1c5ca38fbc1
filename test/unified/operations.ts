import { AbstractCursor, ChangeStream, Collection } from 'mongodb';
import { prepareOptions } from './arguments';
import type { EntityKind, EntityTypes } from './entities';
import { describe, matchError } from './expected-error';
import type { AnyError } from './expected-error';
import type { OperationDescription } from './format';
import { match, rootPlace } from './match';
import { check, InvalidTest, isRunnerError, Mismatch, show } from './mismatch';
import { bucketOperations } from './operations/bucket';
import { clientOperations } from './operations/client';
import { collectionOperations } from './operations/collection';
import { cursorOperations } from './operations/cursor';
import { databaseOperations } from './operations/database';
import type { Operations } from './operations/operation';
import { assertRequired } from './operations/required';
import { sessionOperations } from './operations/session';
import { testRunnerOperations } from './operations/test-runner';
import type { TestRun } from './test-run';
import { clone } from './values';

const testRunner = testRunnerOperations(runOperation);

/** What can be done to each kind of entity. */
const tables: { [Kind in EntityKind]?: Operations<EntityTypes[Kind]> } = {
  client: clientOperations,
  database: databaseOperations,
  collection: collectionOperations,
  session: sessionOperations(runOperation),
  bucket: bucketOperations,
  cursor: cursorOperations,
  changeStream: cursorOperations
};

/** Operations whose result is the documents of a cursor: each of them is a root-level document. */
const iterables = [
  'aggregate',
  'find',
  'listCollections',
  'listDatabases',
  'listIndexes',
  'listSearchIndexes',
  'runCursorCommand'
];

/** Runs an operation and asserts its result or error; with `propagate` an expected error is thrown all the same. */
export async function runOperation(
  operation: OperationDescription,
  run: TestRun,
  propagate?: 'propagate'
): Promise<void> {
  check(!run.over, 'the test is over');
  const perform = resolve(operation, run);
  try {
    const result = await perform();
    if (!operation.ignoreResultAndError) acceptResult(operation, result, run);
  } catch (error) {
    if (isRunnerError(error)) throw error;
    acceptError(operation, error as AnyError, run);
    if (propagate) throw error;
  }
}

/** The call an operation stands for. Looking it up is no part of the call: the driver has not failed if that does. */
function resolve(description: OperationDescription, run: TestRun): () => unknown {
  const { name, object, arguments: given = {} } = description;
  const args = clone(given);
  assertRequired(name, args);
  if (object === 'testRunner') {
    const operation = find(testRunner, name, 'test runner');
    return () => operation(run, args, run);
  }
  const kind = run.entities.kindOf(object);
  const operation = find(tables[kind] as Operations<unknown> | undefined, name, kind);
  const target = run.entities.get(kind, object);
  const options = prepareOptions(args, run);
  return () => operation(target, options, run);
}

function find<T>(table: Operations<T> | undefined, name: string, kind: string): Operations<T>[string] {
  const operation = table?.[name];
  if (!operation) throw new InvalidTest(`unsupported operation ${name} of a ${kind}`);
  return operation;
}

function acceptError(operation: OperationDescription, error: AnyError, run: TestRun): void {
  if (operation.ignoreResultAndError) return;
  if (!operation.expectError) {
    throw new Mismatch(`${operation.name}: unexpected ${describe(error)}`, { cause: error });
  }
  matchError(operation.expectError, error, run);
}

function acceptResult(operation: OperationDescription, result: unknown, run: TestRun): void {
  const { name, object, expectError, saveResultAsEntity } = operation;
  if (object === 'testRunner') return;
  if (expectError) throw new Mismatch(`${name}: expected an error, got ${show(result)}`);
  if ('expectResult' in operation) matchResult(operation, result, run);
  if (saveResultAsEntity !== undefined) saveResult(saveResultAsEntity, result, run);
}

function matchResult({ name, expectResult }: OperationDescription, result: unknown, run: TestRun): void {
  const place = rootPlace(run.entities, `${name}'s result`);
  if (!iterables.includes(name) || !Array.isArray(expectResult) || !Array.isArray(result)) {
    return match(expectResult, result, place);
  }
  check(
    result.length === expectResult.length,
    `${place.path}: expected ${expectResult.length} documents, got ${show(result)}`
  );
  expectResult.forEach((document, i) =>
    match(document, result[i], { ...place, path: `${place.path}[${i}]` })
  );
}

function saveResult(id: string, result: unknown, run: TestRun): void {
  if (result === undefined) throw new InvalidTest(`there is no result to save as "${id}"`);
  if (result instanceof ChangeStream) return run.entities.add('changeStream', id, result);
  if (result instanceof AbstractCursor) return run.entities.add('cursor', id, result);
  if (result instanceof Collection) return run.entities.add('collection', id, result);
  run.entities.add('value', id, result);
}
