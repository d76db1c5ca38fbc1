// A slice: a number of callers, each making its next call when the last has ended, for a time or a number of calls.
import type { Scenario } from './scenarios/scenario.js';
import { Latencies } from './latencies.js';

export interface Bounds {
  seconds: number;
  calls: number;
}

export class Slice {
  readonly latencies = new Latencies();
  readonly scenario: Scenario;
  last: unknown;
  readonly #calls: number;
  readonly #end: number;

  constructor(scenario: Scenario, { seconds, calls }: Bounds) {
    this.scenario = scenario;
    this.#calls = calls;
    this.#end = performance.now() + seconds * 1000;
  }

  /** Whether a caller that is ready at `now` makes another call. */
  isOpen(now: number): boolean {
    return now < this.#end && this.latencies.count < this.#calls;
  }

  /** Counts the call that began at `started`, and says when it ended, which is when the next one starts. */
  record(started: number, result: unknown): number {
    const ended = performance.now();
    this.latencies.add(ended - started);
    if (!this.scenario.isRight(result)) this.scenario.verify(result);
    this.last = result;
    return ended;
  }
}
