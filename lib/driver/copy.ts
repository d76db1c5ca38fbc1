/**
 * A copy of an object, with some of its properties as described. V8 makes a dictionary of an object that is written with a
 * getter, or one of whose properties is redefined, and is slow to read it; of a copy it does not.
 */
export function copyWith<T extends object>(object: T, changed: PropertyDescriptorMap = {}): T {
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(object), ...changed }) as T;
}
