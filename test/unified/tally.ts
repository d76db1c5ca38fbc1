/** How the tests of each folder ended. */
export class Tally {
  readonly #counts = new Map<string, { passed: number; failed: number; pending: number }>();

  count(folder: string, ending: 'passed' | 'failed' | 'pending'): void {
    const counts = this.#counts.get(folder) ?? { passed: 0, failed: 0, pending: 0 };
    counts[ending]++;
    this.#counts.set(folder, counts);
  }

  toString(): string {
    const lines = [...this.#counts].map(([folder, { passed, failed, pending }]) => {
      return `${folder}: ${passed + failed} run, ${passed} passed, ${failed} failed, ${pending} skipped`;
    });
    return lines.join('\n');
  }
}
