import * as driver from 'mongodb';
import * as motor from '../../lib';

export type Class = abstract new (...args: never[]) => object;

export function ours(name: string): Class {
  return Reflect.get(motor, name) as Class;
}

/** The driver's class of that name; some it declares and keeps to itself, of which ours may be made. */
export function theirs(name: string): Class | undefined {
  const exported = Reflect.get(driver, name) as Class | undefined;
  const made = ours(name) as Class | undefined;
  return exported ?? (made && (Object.getPrototypeOf(made) as Class));
}

/** Whether there is one of ours in the place of the driver's. */
export function isOurs(name: string): boolean {
  return ours(name) !== theirs(name);
}
