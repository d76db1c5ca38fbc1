import { leftToChance } from './chance';
import { createEntities } from './create-entities';
import { assertData, writeData } from './data';
import { isOfficialDriver } from './driver';
import type { Driver } from './driver';
import { killAllSessions } from './environment';
import type { Environment } from './environment';
import { matchEvents } from './events';
import type { OperationDescription, TestDescription, TestFile } from './format';
import { matchLogs } from './logs';
import { runOperation } from './operations';
import { unavailableOperation } from './operations/unavailable';
import { matchSpans } from './spans';
import { TestRun } from './test-run';
import { withTimeLimit } from './time-limit';

/** Why a test cannot be run on any server; undefined when it can. */
export function reasonToSkip(test: TestDescription): string | undefined {
  const untraced = test.expectTracingMessages && isOfficialDriver;
  return (
    test.skipReason ??
    unavailableOperation(test.operations) ??
    leftToChance(test.operations) ??
    (untraced ? 'the official driver does not trace' : undefined)
  );
}

/** In milliseconds. The longest wait of the format, for an event, is ten seconds; a test that fails anyway gets less. */
const timeLimits = { usual: 12_000, hopeless: 1_000 };

/** Runs one test against the driver; throws when it fails. */
export async function runTest(
  file: TestFile,
  test: TestDescription,
  driver: Driver,
  environment: Environment,
  prospects: keyof typeof timeLimits = 'usual'
): Promise<void> {
  const run = new TestRun(driver, environment);
  try {
    await writeData(file.initialData ?? [], environment.internal);
    await createEntities(file.createEntities ?? [], run);
    await withTimeLimit(perform(test, run), timeLimits[prospects], 'the test did not end');
    for (const expected of test.expectEvents ?? []) matchEvents(expected, run.entities);
    for (const expected of test.expectLogMessages ?? []) matchLogs(expected, run.entities);
    for (const expected of test.expectTracingMessages ?? []) matchSpans(expected, run.entities);
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
