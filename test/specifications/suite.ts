import type { Document } from 'mongodb';
import { driverName, isOfficialDriver, updating } from '../unified/driver';
import { haveSpecifications, howToGetSpecifications } from '../unified/files';
import { describeError, KnownFailures } from '../unified/known-failures';
import { Tally } from '../unified/tally';
import type { Counts } from '../unified/tally';
import { loadFiles } from './files';
import type { SpecificationFile } from './files';
import type { FolderPath } from './folders';

export type Test = () => void | Promise<void>;

export interface Folder {
  path: FolderPath;
  /** The tests of a file, by their names; the same name may come again. */
  tests: (file: SpecificationFile) => Iterable<[name: string, test: Test]>;
  /** Of a file's text. Default: `JSON.parse`. */
  parse?: (text: string) => Document;
}

/** Where a test is from, and what it is called. */
interface Case {
  folder: string;
  file: string;
  name: string;
}

interface Outcome {
  ending: keyof Counts;
  error?: unknown;
  /** Why neither a skipped test nor a failed one is to be reported as a failure. */
  excuse?: string;
}

/** Thrown by a test that cannot be run, with the reason. */
export class NotApplicable extends Error {}

if (updating && !isOfficialDriver) {
  throw new Error(
    'UPDATE_KNOWN_FAILURES records what the official driver fails: set UNIFIED_DRIVER=mongodb too'
  );
}

const knownFailures = new KnownFailures('known-failures', __dirname);
const tally = new Tally();

after(() => {
  if (!haveSpecifications) return;
  if (updating) {
    for (const [folder, counts] of tally) knownFailures.recordCounts(folder, counts);
    knownFailures.save();
  }
  console.log(`\n${tally.beside(folder => knownFailures.counts(folder), driverName)}`);
});

/**
 * Defines a mocha test for each test in a folder of the specifications. They run with this package, or with the official
 * driver when UNIFIED_DRIVER is "mongodb"; what that one fails is in known-failures.json, which is written anew with
 * UPDATE_KNOWN_FAILURES=1 besides. That is the one excuse.
 */
export function defineFolder({ path, tests, parse }: Folder): void {
  const folder = path.replace('/tests', '');
  describe(folder, () => {
    if (!haveSpecifications) {
      it.skip(howToGetSpecifications);
      return;
    }
    if (updating) knownFailures.forget(folder);
    const defined = loadFiles(path, parse).flatMap(file => defineFile(folder, file.name, tests(file)));
    refuseStaleEntries(folder, new Set(defined));
  });
}

function defineFile(folder: string, file: string, tests: Iterable<[string, Test]>): string[] {
  const times = new Map<string, number>();
  const names: string[] = [];
  describe(file, () => {
    for (const [given, test] of tests) {
      const time = (times.get(given) ?? 0) + 1;
      times.set(given, time);
      const name = time === 1 ? given : `${given} #${time}`;
      names.push(`${file} ${name}`);
      defineTest({ folder, file, name }, test);
    }
  });
  return names;
}

function defineTest(the: Case, test: Test): void {
  it(the.name, async function () {
    const { ending, error, excuse } = await conduct(the, test);
    tally.count(the.folder, ending);
    if (excuse !== undefined) {
      this.test!.title += ` (skipped: ${excuse})`; // which is all that reporters show of a skipped test
      this.skip();
    }
    if (error !== undefined) throw error;
  });
}

async function conduct({ folder, file, name }: Case, test: Test): Promise<Outcome> {
  const known = knownFailures.find(folder, file, name);
  try {
    await test();
  } catch (error) {
    if (error instanceof NotApplicable) return { ending: 'skipped', excuse: error.message };
    if (updating) knownFailures.record(folder, file, name, error);
    return { ending: 'failed', error, excuse: excuseFor(error, known) };
  }
  if (known === undefined || !isOfficialDriver) return { ending: 'passed' };
  return { ending: 'failed', error: new Error('is listed as a known failure, but passes') };
}

/** Only the official driver's failure excuses one; that it ends in another error is worth a look. */
function excuseFor(error: unknown, known: string | undefined): string | undefined {
  const here = describeError(error);
  if (updating) return `fails: ${here}`;
  if (known === undefined) return undefined;
  return `the official driver fails it: ${known}${here === known ? '' : `; here: ${here}`}`;
}

function refuseStaleEntries(folder: string, defined: ReadonlySet<string>): void {
  for (const [file, name] of knownFailures.of(folder)) {
    if (defined.has(`${file} ${name}`)) continue;
    it(`${file}: ${name}`, () => {
      throw new Error('is listed as a known failure, but is no test');
    });
  }
}
