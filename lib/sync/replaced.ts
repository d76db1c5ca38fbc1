import { AbstractCursor } from 'mongodb';
import { cursorOf } from '../driver.js';

type Asking = '_initialize' | 'getMore';

/** The driver's own methods by which its cursors ask the server. Those that a class has not are in it as undefined. */
const own = new Set<unknown>();

/** Remembers the methods of one of the driver's classes. */
export function remember(prototype: object): void {
  const { _initialize, getMore } = cursorOf(prototype);
  own.add(_initialize).add(getMore);
}

remember(AbstractCursor.prototype);

/** Whether somebody has put a method of his own in the place of the driver's: on a cursor, its class, or their base. */
export function isReplaced(cursor: object, name: Asking): boolean {
  return !own.has(cursorOf(cursor)[name]) || !own.has(cursorOf(AbstractCursor.prototype)[name]);
}
