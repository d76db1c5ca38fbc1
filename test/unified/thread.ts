import { withTimeLimit } from './time-limit';

/** Runs operations one after another, beside the test's own. */
export class Thread {
  #last: Promise<unknown> = Promise.resolve();

  run(operation: () => Promise<unknown>): void {
    this.#last = this.#last.then(operation);
    // The error is reported by `stop`; until then it must not count as unhandled.
    this.#last.catch(() => undefined);
  }

  async stop(): Promise<void> {
    await withTimeLimit(this.#last, 10_000, 'the thread did not finish');
  }
}
