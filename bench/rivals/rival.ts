import type { Scenario } from '../scenarios/scenario.js';
import type { Slice } from '../slice.js';

export interface Task {
  uri: string;
  scenario: Scenario;
  collection: string;
  callers: number;
}

/** Somebody who makes the calls of a scenario. */
export interface Rival {
  connect(task: Task): Promise<void>;
  /** Calls until the slice is closed. */
  run(slice: Slice): PromiseLike<void>;
  /** How many documents the collection holds. */
  count(): PromiseLike<number>;
  close(): Promise<void>;
}
