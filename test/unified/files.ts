import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { BSON } from 'mongodb';
import type { TestFile } from './format';
import { InvalidTest } from './mismatch';
import { compareVersions } from './versions';

export const specificationsDirectory = resolve(
  join(__dirname, '../..'),
  process.env.SPECIFICATIONS_DIR ?? '../shared/specifications'
);

export const howToGetSpecifications =
  `there are no specification tests in ${specificationsDirectory}: clone ` +
  'https://github.com/mongodb/specifications and set SPECIFICATIONS_DIR to its "source" folder';

export const haveSpecifications = existsSync(specificationsDirectory);

/** The newest version of the format that the runner knows. */
const supportedSchema = '1.28';

export interface LoadedFile extends TestFile {
  /** Its path inside the folder, without what all such paths have in common and without `.json`. */
  name: string;
}

/** Where a folder's tests are if not everywhere in it: the format's own folder holds files that must be refused. */
const subfolders: Record<string, string> = { 'unified-test-format': 'tests/valid-pass' };

/** The folders of the specifications that hold tests in the unified format, with those tests. */
export function loadSpecifications(): { folder: string; files: LoadedFile[] }[] {
  return readdirSync(specificationsDirectory)
    .map(folder => ({ folder, files: loadFolder(join(folder, subfolders[folder] ?? '')) }))
    .filter(({ files }) => files.length > 0);
}

/** The unified test files under a folder of the specifications, in the order of their names. */
export function loadFolder(folder: string): LoadedFile[] {
  const directory = join(specificationsDirectory, folder);
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return paths
    .filter(path => path.endsWith('.json'))
    .sort()
    .flatMap(path => load(directory, path));
}

function load(directory: string, path: string): LoadedFile[] {
  const text = readFileSync(join(directory, path), 'utf8');
  if (!text.includes('"schemaVersion"')) return [];
  const file: TestFile = BSON.EJSON.parse(text);
  const name = path.replaceAll(sep, '/').replace(/^(tests\/)?(unified\/)?(.*)\.json$/, '$3');
  return file.schemaVersion === undefined ? [] : [{ ...file, name }];
}

/** A file of a newer format, or of another major version, must not be run. */
export function assertSupported({ schemaVersion }: TestFile): void {
  const [major] = schemaVersion.split('.');
  if (major !== '1' || compareVersions(schemaVersion, supportedSchema) > 0) {
    throw new InvalidTest(`schema version ${schemaVersion} is not supported`);
  }
}
