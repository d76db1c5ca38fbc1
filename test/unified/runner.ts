import { createEntities } from './create-entities';
import { assertData, writeData } from './data';
import type { Driver } from './driver';
import { killAllSessions } from './environment';
import type { Environment } from './environment';
import { matchEvents } from './events';
import type { OperationDescription, TestDescription, TestFile } from './format';
import { runOperation } from './operations';
import { unavailableOperation } from './operations/unavailable';
import { unmetRequirements } from './requirements';
import { TestRun } from './test-run';

/** Why a test cannot be run here; undefined when it can. */
export function reasonToSkip(
  file: TestFile,
  test: TestDescription,
  environment: Environment
): string | undefined {
  return (
    test.skipReason ??
    unmetRequirements(file.runOnRequirements, environment) ??
    unmetRequirements(test.runOnRequirements, environment) ??
    unavailableOperation(test.operations) ??
    (test.expectLogMessages && 'log messages are not compared') ??
    (test.expectTracingMessages && 'this driver does not trace')
  );
}

/** Runs one test against the driver; throws when it fails. */
export async function runTest(
  file: TestFile,
  test: TestDescription,
  driver: Driver,
  environment: Environment
): Promise<void> {
  const run = new TestRun(driver, environment);
  try {
    await writeData(file.initialData ?? [], environment.internal);
    await createEntities(file.createEntities ?? [], run);
    await perform(test, run);
    for (const expected of test.expectEvents ?? []) matchEvents(expected, run.entities);
    await assertData(test.outcome ?? [], environment.internal, run.entities);
  } finally {
    await run.close();
    if (usesTransactions(test.operations)) await killAllSessions(environment.internal);
  }
}

async function perform(test: TestDescription, run: TestRun): Promise<void> {
  try {
    for (const operation of test.operations) await runOperation(operation, run);
  } finally {
    for (const client of run.entities.all('client')) client.stopObserving();
    await run.failPoints.disableAll();
  }
}

function usesTransactions(operations: OperationDescription[]): boolean {
  return operations.some(({ name }) => name === 'startTransaction' || name === 'withTransaction');
}
