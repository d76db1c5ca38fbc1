import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder, file and test to the error that the official driver ends in. */
type Failures = Record<string, Record<string, Record<string, string>>>;

/** What the official driver fails on one kind of server: the one excuse for failing it too. */
export class KnownFailures {
  readonly #path: string;
  readonly #failures: Failures;

  constructor(serverKind: string) {
    this.#path = join(__dirname, 'known-failures', `${serverKind}.json`);
    this.#failures = existsSync(this.#path) ? JSON.parse(readFileSync(this.#path, 'utf8')) : {};
  }

  find(folder: string, file: string, test: string): string | undefined {
    return this.#failures[folder]?.[file]?.[test];
  }

  forget(folder: string): void {
    delete this.#failures[folder];
  }

  record(folder: string, file: string, test: string, error: unknown): void {
    const files = (this.#failures[folder] ??= {});
    (files[file] ??= {})[test] = describe(error);
  }

  save(): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify(sorted(this.#failures), null, 2) + '\n');
  }
}

/** The first line of the error, without what differs from run to run. */
function describe(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return line.replace(/(127\.0\.0\.1|localhost|\[::1\]):\d+/g, '$1:PORT').slice(0, 300);
}

function sorted<T>(value: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
