/** Bounds in time, so that a test of a hang fails instead of hanging. */

export function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

/** The promise's outcome, or an error that says what did not happen in time. */
export async function within<T>(ms: number, what: string, promise: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not happen within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until the condition holds. */
export async function until(what: string, condition: () => boolean, ms = 5000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`${what}: not so after ${ms} ms`);
    await sleep(2);
  }
}

/** The error a call ends with, within the limit; a result is a failure. */
export async function failure(promise: PromiseLike<unknown>, ms = 5000): Promise<Error> {
  const outcome = await within(ms, 'the call', settle(promise));
  if (outcome.error) return outcome.error;
  throw new Error(`expected an error, got ${JSON.stringify(outcome.value)}`);
}

export type Outcome<T> = { value: T; error?: undefined } | { value?: undefined; error: Error };

export async function settle<T>(promise: PromiseLike<T>): Promise<Outcome<T>> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error: error as Error };
  }
}
