import { inspect } from 'node:util';

/** What was observed is not what the test file expects. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
}

export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Mismatch(message);
}

/** Whether an assertion holds; errors other than a mismatch are thrown. */
export function attempt(assertion: () => void): boolean {
  try {
    assertion();
    return true;
  } catch (error) {
    if (error instanceof Mismatch) return false;
    throw error;
  }
}

export function show(value: unknown): string {
  return inspect(value, { depth: 6, breakLength: Infinity, maxStringLength: 400 });
}

/** A test file asks for what does not exist, or for what this runner does not know. */
export class InvalidTest extends Error {
  override readonly name = 'InvalidTest';
}

/** Whether the runner raised it, so that no test may take it for an error of the driver's. */
export function isRunnerError(error: unknown): boolean {
  return error instanceof Mismatch || error instanceof InvalidTest;
}
