import { isOfficialDriver, loadDriver } from './driver';
import type { Driver } from './driver';
import { Environments } from './environments';
import { assertSupported, haveSpecifications, howToGetSpecifications, loadFolder } from './files';
import type { LoadedFile } from './files';
import type { TestDescription } from './format';
import { KnownFailures } from './known-failures';
import { runTest } from './runner';
import { Tally } from './tally';

const updating = Boolean(process.env.UPDATE_KNOWN_FAILURES);

interface Setting {
  driver: Driver;
  environments: Environments;
  knownFailures: KnownFailures;
}

/** Defines a mocha test for each unified test in the folders of the specifications. */
export function defineSpecificationTests(folders: string[]): void {
  if (!haveSpecifications) {
    it.skip(howToGetSpecifications);
    return;
  }
  const tally = new Tally();
  const setting = useSetting(folders);
  for (const folder of folders) {
    describe(folder, () => {
      afterEach(function () {
        tally.count(folder, this.currentTest?.state ?? 'pending');
      });
      for (const file of loadFolder(folder)) defineFile(folder, file, setting);
    });
  }
  after(() => console.log(`\n${tally}`));
}

function useSetting(folders: string[]): () => Setting {
  let setting: Setting | undefined;

  before(async () => {
    setting = await openSetting();
    if (updating) folders.forEach(folder => setting?.knownFailures.forget(folder));
  });

  after(async () => {
    if (updating) setting?.knownFailures.save();
    await setting?.environments.close();
  });

  return () => setting!;
}

async function openSetting(): Promise<Setting> {
  if (updating && !isOfficialDriver) {
    throw new Error(
      'UPDATE_KNOWN_FAILURES records what the official driver fails: set UNIFIED_DRIVER=mongodb too'
    );
  }
  const [driver, environments] = [await loadDriver(), await Environments.open()];
  return { driver, environments, knownFailures: new KnownFailures(environments.shared.server.kind) };
}

function defineFile(folder: string, file: LoadedFile, setting: () => Setting): void {
  describe(file.name, () => {
    for (const test of file.tests) {
      it(test.description, async function () {
        await runOrSkip(folder, file, test, setting(), reason => skip(this, reason));
      });
    }
  });
}

/** The reason is put in the title, which is all that reporters show of a skipped test. */
function skip(context: Mocha.Context, reason: string): never {
  const test = context.test as Mocha.Test;
  test.title += ` (skipped: ${reason})`;
  context.skip();
}

async function runOrSkip(
  folder: string,
  file: LoadedFile,
  test: TestDescription,
  { driver, environments, knownFailures }: Setting,
  skip: (reason: string) => never
): Promise<void> {
  assertSupported(file);
  const environment = await environments.choose(file, test);
  if (typeof environment === 'string') return skip(environment);
  const known = knownFailures.find(folder, file.name, test.description);
  if (known && !isOfficialDriver) skip(`the official driver fails it on this server: ${known}`);
  try {
    await runTest(file, test, driver, environment);
  } catch (error) {
    if (!isOfficialDriver) throw error;
    if (updating) knownFailures.record(folder, file.name, test.description, error);
    if (updating || known) skip(`fails on this server: ${(error as Error).message}`);
    throw error;
  }
  if (known) throw new Error('is listed as a known failure, but passes: set UPDATE_KNOWN_FAILURES=1');
}
