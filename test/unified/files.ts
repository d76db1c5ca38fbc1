import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
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
  /** The file's name without `.json`. */
  name: string;
}

/** The unified test files under a folder of the specifications, in the order of their names. */
export function loadFolder(folder: string): LoadedFile[] {
  const directory = join(specificationsDirectory, folder);
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.json'))
    .sort();
  return paths.map(path => load(join(directory, path))).filter(file => file.schemaVersion !== undefined);
}

function load(path: string): LoadedFile {
  const file: TestFile = BSON.EJSON.parse(readFileSync(path, 'utf8'));
  return { ...file, name: basename(path, '.json') };
}

/** A file of a newer format, or of another major version, must not be run. */
export function assertSupported({ schemaVersion }: TestFile): void {
  const [major] = schemaVersion.split('.');
  if (major !== '1' || compareVersions(schemaVersion, supportedSchema) > 0) {
    throw new InvalidTest(`schema version ${schemaVersion} is not supported`);
  }
}
