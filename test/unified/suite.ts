import { conduct } from './conduct';
import type { Case, Setting } from './conduct';
import { driverName, isOfficialDriver, loadDriver, updating } from './driver';
import { Environments } from './environments';
import { haveSpecifications, howToGetSpecifications, loadSpecifications } from './files';
import { hush } from './hush';
import { KnownFailures } from './known-failures';
import { Tally } from './tally';

/** Defines a mocha test for each unified test of the specifications, in all their folders or in those named. */
export function defineSpecificationTests(only?: string[]): void {
  if (!haveSpecifications) {
    it.skip(howToGetSpecifications);
    return;
  }
  const folders = loadSpecifications().filter(({ folder }) => only?.includes(folder) ?? true);
  const tally = new Tally();
  const setting = useSetting(
    folders.map(({ folder }) => folder),
    tally
  );
  for (const { folder, files } of folders) {
    describe(folder, () => {
      for (const file of files) {
        describe(file.name, () => {
          for (const test of file.tests) defineTest({ folder, file, test }, setting, tally);
        });
      }
    });
  }
}

function useSetting(folders: string[], tally: Tally): () => Setting {
  let setting: Setting | undefined;
  let endHush: (() => void) | undefined;

  before(async () => {
    endHush = hush();
    setting = await openSetting();
    if (updating) folders.forEach(folder => setting?.knownFailures.forget(folder));
  });

  after(async () => {
    await setting?.environments.close();
    endHush?.();
    if (setting) conclude(tally, setting.knownFailures);
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

function conclude(tally: Tally, knownFailures: KnownFailures): void {
  if (updating) {
    for (const [folder, counts] of tally) knownFailures.recordCounts(folder, counts);
    knownFailures.save();
  }
  console.log(`\n${tally.beside(folder => knownFailures.counts(folder), driverName)}`);
}

function defineTest(the: Case, setting: () => Setting, tally: Tally): void {
  it(the.test.description, async function () {
    const { ending, error, excuse } = await conduct(the, setting());
    tally.count(the.folder, ending);
    if (excuse !== undefined) skip(this, excuse);
    if (error !== undefined) throw error;
  });
}

/** The reason is put in the title, which is all that reporters show of a skipped test. */
function skip(context: Mocha.Context, reason: string): never {
  const test = context.test as Mocha.Test;
  test.title += ` (skipped: ${reason})`;
  context.skip();
}
