import { MotorError } from '../errors.js';
import type { Modules } from './modules.js';

/**
 * Checks that the driver is of the version that this library was made for, and then that all is there that is used of it.
 *
 * @throws MotorError `ERR_DRIVER_VERSION` at once, and from each of the functions returned
 */
export function checking(expected: string, found: string) {
  if (found !== expected) throw mismatch('another version');

  /** A module of the driver, each of whose names is checked as it is taken out of it. */
  function need<P extends keyof Modules>(path: P, loaded: object): Modules[P] {
    const take = (_: object, name: string | symbol): unknown => {
      const value: unknown = Reflect.get(loaded, name);
      if (value === undefined) throw mismatch(`its ${path} has no ${String(name)}`);
      return value;
    };
    return new Proxy(loaded, { get: take }) as Modules[P];
  }

  /** Private members of a class that are called here: gone, they would fail at some later moment. */
  function needMembers(Class: { prototype: object }, name: string, ...members: string[]): void {
    for (const member of members) {
      if (!(member in Class.prototype)) throw mismatch(`${name} has no ${member}`);
    }
  }

  function mismatch(problem: string): MotorError {
    return new MotorError(
      'ERR_DRIVER_VERSION',
      `mongo-motor works with mongodb ${expected} exactly, and found ${found}: ${problem}. ` +
        `Remove the other version, or let mongo-motor install its own: npm install mongo-motor mongodb@${expected}`
    );
  }

  return { need, needMembers };
}
