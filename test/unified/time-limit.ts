import type { EventEmitter } from 'node:events';
import { Mismatch } from './mismatch';

/** The result of `work`, or a failure once `milliseconds` have passed. */
export async function withTimeLimit<T>(work: Promise<T>, milliseconds: number, failure: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Mismatch(`${failure} within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves once the condition holds; it is looked at now, and whenever the emitter says "change". */
export async function untilChange(
  emitter: EventEmitter,
  condition: () => boolean,
  milliseconds: number,
  failure: string
): Promise<void> {
  let look = (): void => undefined;
  const reached = new Promise<void>(resolve => {
    look = () => (condition() ? resolve() : undefined);
  });
  emitter.on('change', look);
  look();
  try {
    await withTimeLimit(reached, milliseconds, failure);
  } finally {
    emitter.off('change', look);
  }
}
