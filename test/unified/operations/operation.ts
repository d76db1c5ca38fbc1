import type { Document } from 'mongodb';
import type { OperationDescription } from '../format';
import type { TestRun } from '../test-run';

/** Runs an operation that holds this one's operations: a transaction's callback, a thread. */
export type RunOperation = (
  operation: OperationDescription,
  run: TestRun,
  propagate?: 'propagate'
) => Promise<void>;

/** What a name in the test format does to an object, given its arguments as the driver takes them. */
export type Operations<Target> = Record<string, (target: Target, args: Document, run: TestRun) => unknown>;
