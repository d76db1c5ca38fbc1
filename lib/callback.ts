/* What a call is told by when it has ended: the callback among its arguments, or its future. */
import { type CallSite, withCaller } from './callsite.js';
import type { Completion } from './future.js';
import type { Callback } from './styles.js';
import { nextTick } from './turns.js';

/** Takes the callback out of the arguments, if there is one. */
export function takeCallback(
  name: string,
  args: unknown[],
  arity: number,
  takesFunctions: boolean | number
): Callback<never> | undefined {
  const place =
    args.length > arity || (takesFunctions && !isOver(args, takesFunctions)) ? arity : args.length - 1;
  const last = args[place];
  if (typeof last === 'function') {
    args.length = place;
    return last as Callback<never>;
  }
  if (place === arity && last !== undefined) {
    throw new TypeError(
      `${name}() takes a callback as argument ${arity + 1}: a function or undefined, got ${typeof last}`
    );
  }
  return undefined;
}

/** Whether there are more functions among the arguments than the method's own. */
function isOver(args: unknown[], own: true | number): boolean {
  return own !== true && args.filter(argument => typeof argument === 'function').length > own;
}

/** Calls back on a later tick, in the caller's async context; what the callback throws is Node's to report. */
export class Calling<T> implements Completion<T> {
  constructor(
    private readonly callback: Callback<T>,
    private readonly site: CallSite | undefined
  ) {}

  resolve(value: T): void {
    nextTick(this.callback, undefined, value);
  }

  reject(error: unknown): void {
    nextTick(this.callback, withCaller(error, this.site));
  }
}

/** Gives the caller's stack to the error it passes on. */
export class Tracing<T> implements Completion<T> {
  constructor(
    private readonly completion: Completion<T>,
    private readonly site: CallSite
  ) {}

  resolve(value: T): void {
    this.completion.resolve(value);
  }

  reject(error: unknown): void {
    this.completion.reject(withCaller(error, this.site));
  }
}
