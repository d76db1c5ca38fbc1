/** How a folder's tests ended. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Counts how the tests of each folder end. */
export class Tally {
  readonly #folders = new Map<string, Counts>();

  count(folder: string, ending: keyof Counts): void {
    const counts = this.#folders.get(folder) ?? { passed: 0, failed: 0, skipped: 0 };
    counts[ending]++;
    this.#folders.set(folder, counts);
  }

  [Symbol.iterator](): IterableIterator<[folder: string, counts: Counts]> {
    return this.#folders[Symbol.iterator]();
  }

  /** A table of a driver's counts beside those of the official one, where they are known. */
  beside(official: (folder: string) => Counts | undefined, name: string): string {
    const rows = [...this.#folders].map(([folder, ours]) => ({ folder, ours, official: official(folder) }));
    const all = { folder: 'all', ours: sum(rows.map(r => r.ours)), official: sum(rows.map(r => r.official)) };
    return [
      line('', [name], ['mongodb']),
      line('', headings, headings),
      ...[...rows, all].map(row => line(row.folder, cells(row.ours), cells(row.official)))
    ].join('\n');
  }
}

const headings = ['run', 'passed', 'failed', 'skipped'];

function line(folder: string, left: string[], right: string[]): string {
  const block = (texts: string[]): string =>
    texts
      .map(text => text.padStart(8))
      .join('')
      .padEnd(36);
  return `${folder.padEnd(46)}${block(left)}${block(right)}`.trimEnd();
}

function cells(counts: Counts | undefined): string[] {
  if (!counts) return ['not recorded'];
  const { passed, failed, skipped } = counts;
  return [passed + failed, passed, failed, skipped].map(String);
}

function sum(all: (Counts | undefined)[]): Counts | undefined {
  const known = all.filter(counts => counts !== undefined);
  const total = (name: keyof Counts): number => known.reduce((count, counts) => count + counts[name], 0);
  return known.length > 0
    ? { passed: total('passed'), failed: total('failed'), skipped: total('skipped') }
    : undefined;
}
