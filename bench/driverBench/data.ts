// The data of the specification: three archives in BENCHMARK_DATA_DIR, of which what is needed is unpacked for a run.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const archives = ['extended_bson', 'single_and_multi_document', 'parallel'];

export interface Data {
  folder: string;
  remove(): void;
}

function archivePaths(): string[] {
  const directory = resolve(root, process.env['BENCHMARK_DATA_DIR'] ?? '../shared/benchmark-data');
  const paths = archives.map(name => join(directory, `${name}.tgz`));
  const missing = paths.find(path => !existsSync(path));
  if (missing)
    throw new Error(
      `DriverBench needs ${missing}: set BENCHMARK_DATA_DIR to a folder with the archives of the specification`
    );
  return paths;
}

/** The files in an archive, but of each parallel data set only the first `most`. */
function chosenIn(archive: string, most: number): string[] {
  const names = execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' }).split('\n');
  const files = names.filter(name => name !== '' && !name.endsWith('/')).sort();
  const sets = ['ldjson_multi', 'gridfs_multi'].map(set => files.filter(name => name.includes(set)));
  const surplus = new Set(sets.flatMap(set => set.slice(most)));
  return files.filter(name => !surplus.has(name));
}

/** Gone when this process ends, interrupted or not. */
export function unpackData(most: number): Data {
  const paths = archivePaths();
  const folder = mkdtempSync(join(tmpdir(), 'driver-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  for (const path of paths) execFileSync('tar', ['-xzf', path, '-C', folder, ...chosenIn(path, most)]);
  return { folder, remove };
}

export const readJson = async (folder: string, file: string): Promise<object> =>
  JSON.parse(await readFile(join(folder, 'single_and_multi_document', file), 'utf8'));

/** The paths of the files of a parallel data set. */
export const filesOf = (folder: string, set: 'ldjson_multi' | 'gridfs_multi'): string[] =>
  readdirSync(join(folder, 'parallel', set))
    .sort()
    .map(name => join(folder, 'parallel', set, name));
