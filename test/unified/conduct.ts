import { isOfficialDriver, loadOfficialDriver, updating } from './driver';
import type { Driver } from './driver';
import type { Environment } from './environment';
import type { Environments } from './environments';
import { assertSupported } from './files';
import type { LoadedFile } from './files';
import type { TestDescription } from './format';
import { describeError } from './known-failures';
import type { KnownFailures } from './known-failures';
import { withPatience } from './patience';
import { runTest } from './runner';
import type { Counts } from './tally';

export interface Setting {
  driver: Driver;
  environments: Environments;
  knownFailures: KnownFailures;
}

/** A test and where it is from. */
export interface Case {
  folder: string;
  file: LoadedFile;
  test: TestDescription;
}

interface Outcome {
  ending: keyof Counts;
  error?: unknown;
  /** Why neither a skipped test nor a failed one is to be reported as a failure. */
  excuse?: string;
}

/** Runs a test where its requirements are met. One that is known to fail is run all the same, and excused if it does. */
export async function conduct(the: Case, setting: Setting): Promise<Outcome> {
  const environment = await setting.environments.choose(the.file, the.test);
  if (typeof environment === 'string') return { ending: 'skipped', excuse: environment };
  const known = setting.knownFailures.find(the.folder, the.file.name, the.test.description);
  const error = await failure(the, setting.driver, environment, known);
  if (error)
    return { ending: 'failed', error, excuse: await excuse(the, setting, environment, error, known) };
  if (!known || !isOfficialDriver) return { ending: 'passed' };
  return {
    ending: 'failed',
    error: new Error('is listed as a known failure, but passes: set UPDATE_KNOWN_FAILURES=1')
  };
}

async function failure(
  { file, test }: Case,
  driver: Driver,
  environment: Environment,
  known?: string
): Promise<Error | undefined> {
  try {
    assertSupported(file);
    if (known) await runTest(file, test, driver, environment, 'hopeless');
    else await withPatience(() => runTest(file, test, driver, environment));
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** Only the official driver's failure excuses one; that it ends in another error is worth a look. */
async function excuse(
  the: Case,
  { knownFailures }: Setting,
  environment: Environment,
  error: Error,
  known: string | undefined
): Promise<string | undefined> {
  const here = describeError(error);
  if (updating) {
    knownFailures.record(the.folder, the.file.name, the.test.description, error);
    return `fails on this server: ${here}`;
  }
  const there = known ?? (knownFailures.isEmpty ? await failureThere(the, environment) : undefined);
  if (there === undefined) return undefined;
  return `the official driver fails it on this server: ${there}${here === there ? '' : `; here: ${here}`}`;
}

/** Where nothing has been recorded, the official driver is asked on the spot. */
async function failureThere(the: Case, environment: Environment): Promise<string | undefined> {
  if (isOfficialDriver || the.test.expectTracingMessages) return undefined;
  const error = await failure(the, await loadOfficialDriver(), environment);
  return error && describeError(error);
}
