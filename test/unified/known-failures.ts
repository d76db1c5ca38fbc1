import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Counts } from './tally';

interface FolderRecord {
  /** How the folder's tests ended on the official driver. */
  counts: Counts;
  /** File and test to the error that test ended in. */
  failures: Record<string, Record<string, string>>;
}

/** What the official driver fails, such as on one kind of server: the one excuse for failing it too. */
export class KnownFailures {
  readonly #path: string;
  readonly #folders: Record<string, FolderRecord>;

  constructor(name: string, directory = join(__dirname, 'known-failures')) {
    this.#path = join(directory, `${name}.json`);
    this.#folders = existsSync(this.#path) ? JSON.parse(readFileSync(this.#path, 'utf8')) : {};
  }

  /** Whether nothing has been recorded on this kind of server. */
  get isEmpty(): boolean {
    return Object.keys(this.#folders).length === 0;
  }

  find(folder: string, file: string, test: string): string | undefined {
    return this.#folders[folder]?.failures[file]?.[test];
  }

  /** File and test of each failure in a folder. */
  *of(folder: string): Iterable<[file: string, test: string]> {
    for (const [file, tests] of Object.entries(this.#folders[folder]?.failures ?? {})) {
      for (const test of Object.keys(tests)) yield [file, test];
    }
  }

  counts(folder: string): Counts | undefined {
    return this.#folders[folder]?.counts;
  }

  forget(folder: string): void {
    delete this.#folders[folder];
  }

  record(folder: string, file: string, test: string, error: unknown): void {
    const { failures } = this.#folder(folder);
    (failures[file] ??= {})[test] = describeError(error);
  }

  recordCounts(folder: string, counts: Counts): void {
    this.#folder(folder).counts = counts;
  }

  save(): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify(sorted(this.#folders), null, 2) + '\n');
  }

  #folder(folder: string): FolderRecord {
    return (this.#folders[folder] ??= { counts: { passed: 0, failed: 0, skipped: 0 }, failures: {} });
  }
}

/** The first line of the error, without what differs from run to run. */
export function describeError(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return line
    .replace(/(127\.0\.0\.1|localhost|\[::1\]):\d+/g, '$1:PORT')
    .replace(/(ObjectId|UUID)\('[0-9a-f-]+'\)/g, "$1('…')")
    .replace(/Timestamp\(\{[^}]*\}\)/g, 'Timestamp(…)')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'DATE')
    .slice(0, 200);
}

function sorted<T>(value: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
