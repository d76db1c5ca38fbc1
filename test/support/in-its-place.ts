/** What a test, or an instrumentation, puts in the place of a method. */
type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts a method in the place of an object's own or inherited one.
 *
 * @param instead - makes it, of the method that was there
 * @returns puts back what was there
 */
export function putInPlaceOf(
  target: object,
  name: string,
  instead: (original: Method) => Method
): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  const value = instead(Reflect.get(target, name) as Method);
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
  return () => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}

/** As {@link putInPlaceOf}, with one that calls what was there. @returns how often it was called, and puts that back */
export function countCalls(target: object, name: string): { count(): number; restore(): void } {
  let calls = 0;
  const restore = putInPlaceOf(target, name, original => {
    return function (...args) {
      calls++;
      return original.apply(this, args);
    };
  });
  return { count: () => calls, restore };
}
