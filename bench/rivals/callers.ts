// One caller in each style: a loop as a user of that style writes it.
import type { Pending } from '../scenarios/place.js';
import type { Call } from '../scenarios/scenario.js';
import type { Slice } from '../slice.js';

export type Coroutine = <T>(body: () => Generator<unknown, T>) => () => PromiseLike<T>;

export type Caller = (call: Call, slice: Slice, coroutine: Coroutine) => PromiseLike<void>;

export async function promiseCaller(call: Call, slice: Slice): Promise<void> {
  let now = performance.now();
  while (slice.isOpen(now)) now = slice.record(now, await call.start());
}

export function callbackCaller(call: Call, slice: Slice): Promise<void> {
  return new Promise((resolve, reject) => {
    let now = performance.now();
    const next = () => (slice.isOpen(now) ? call.startWithCallback!(ended) : resolve());
    const ended = (error: Error | null | undefined, result: unknown) => {
      if (error) return reject(error);
      try {
        now = slice.record(now, result);
        next();
      } catch (error) {
        reject(error as Error);
      }
    };
    next();
  });
}

export function yieldCaller(call: Call, slice: Slice, coroutine: Coroutine): PromiseLike<void> {
  const loop = coroutine(function* () {
    let now = performance.now();
    while (slice.isOpen(now)) now = slice.record(now, yield* call.start() as Pending<unknown>);
  });
  return loop();
}
