import { MongoNetworkError } from 'mongodb';
import type { Session } from './driver.js';

/**
 * The error of a connection that broke, for one of the operations that were under way on it. Each has one of its own:
 * where it came from is added to it. It has the labels that the first was given; for the driver, the connection is of the
 * past by then, and says nothing of those after it.
 */
export function ownError(error: Error, session: Session): Error {
  const { serverSession } = session;
  if (serverSession && error instanceof MongoNetworkError) serverSession.isDirty = true;
  return copyOf(error);
}

/** An error of the same class, with the same properties and stack. */
function copyOf(error: Error): Error {
  const copy = new Error(error.message);
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object);
  for (const key of Reflect.ownKeys(error)) {
    const property: unknown = Reflect.get(error, key);
    const value = property instanceof Set ? new Set(property) : property;
    const enumerable = Object.prototype.propertyIsEnumerable.call(error, key);
    Object.defineProperty(copy, key, { value, enumerable, writable: true, configurable: true });
  }
  return copy;
}
