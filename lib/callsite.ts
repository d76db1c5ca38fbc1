/*
 * The caller's stack, in errors that are raised when the caller has long left the stack.
 *
 * Capturing it at the call would be a quarter of what a call costs (4 to 7 µs, Node 20), for the few that fail. So it is
 * looked for when there is an error, where it can be found then: V8 knows the async functions that await a promise,
 * and a generator that delegates with `yield*` is on the stack when the error is thrown into it. Only for a callback, and
 * for what is given to `then`, frames are captured in time. They are formatted if somebody reads an error's `stack`.
 */

/** How many of the caller's. */
const FRAMES = 2;

/** Where a call was made from. */
export interface CallSite {
  /** Lines as in an error's `stack`, formatted when they are read. Empty: it is not known. */
  readonly frames: string;
}

/** A function of any signature. */
type Called = (...args: never[]) => unknown;

/** Who called a function that is running. */
export function callSite(called: Called): CallSite {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Math.min(limit, FRAMES);
  const site = new Captured(line => line > 0, called);
  Error.stackTraceLimit = limit;
  return site;
}

class Captured implements CallSite {
  readonly stack?: string;

  constructor(
    private readonly isCallers: (line: number, text: string) => boolean,
    called?: Called
  ) {
    Error.captureStackTrace(this, called ?? Captured);
  }

  get frames(): string {
    const lines = (this.stack ?? '').split('\n');
    return lines.filter((text, line) => this.isCallers(line, text)).join('\n');
  }
}

/**
 * Fails with an error that has the stack of whoever awaits the promise that is resolved with this one; or else of the
 * site, if there is one.
 */
export async function failedFor(error: unknown, site: CallSite | undefined): Promise<never> {
  await undefined;
  await undefined; // until that promise hangs on this one
  const awaiting = new Captured((_, text) => text.startsWith('    at async '));
  throw withCaller(error, {
    get frames() {
      return awaiting.frames || (site?.frames ?? '');
    }
  });
}

/** How to read the stack of an error without its caller's frames. */
const own = new WeakMap<Error, () => unknown>();

/** Puts the caller's frames under those of the error itself. The outermost of several callers is shown. */
export function withCaller(error: unknown, site: CallSite | undefined): unknown {
  if (!site || !(error instanceof Error) || Object.isFrozen(error)) return error;
  const read = own.get(error) ?? ownStack(error);
  if (!read) return error;
  own.set(error, read);
  Object.defineProperty(error, 'stack', {
    configurable: true,
    enumerable: false,
    get: () => `${String(read())}\n${site.frames}`,
    set: (value: unknown) => {
      own.delete(error);
      Object.defineProperty(error, 'stack', { value, writable: true, configurable: true, enumerable: false });
    }
  });
  return error;
}

function ownStack(error: Error): (() => unknown) | undefined {
  const { get, value, configurable } = Object.getOwnPropertyDescriptor(error, 'stack') ?? {
    configurable: true
  };
  if (!configurable) return undefined;
  return () => (get ? get.call(error) : value) as unknown;
}
