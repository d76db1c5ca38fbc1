const { getPrototypeOf, prototype: EVERYTHING } = Object;
const { hasOwnProperty: hasOwn } = EVERYTHING;

/** What an object is taken by: its methods and tags, whatever its class. */
export interface Value {
  toBSON?: unknown;
  _bsontype?: unknown;
  [Symbol.toStringTag]?: unknown;
}

/** Of what others inherit nothing is looked at, since that may run code: only what is their own is. */
export function isBare(document: object): boolean {
  const parent: unknown = getPrototypeOf(document);
  return parent === EVERYTHING || parent === null;
}

/**
 * Whether it is for certain no more than its keys. Nothing is read of it for that: an object that was spread and then gained
 * a key has a hidden class of its own, and each read at a place that has not met that costs more than all that is asked here.
 */
export function isOrdinary(value: Value): boolean {
  return (
    getPrototypeOf(value) === EVERYTHING &&
    !hasOwn.call(value, 'toBSON') &&
    !hasOwn.call(value, '_bsontype') &&
    !hasOwn.call(value, Symbol.toStringTag) &&
    !Array.isArray(value)
  );
}

const { entries } = Map.prototype;

/** Whether it is a map that bson takes for a document, and all its keys are names. */
export function isMapOfNames(value: object): value is ReadonlyMap<string, unknown> {
  if (!(value instanceof Map) || value.entries !== entries) return false;
  for (const [name] of value.entries()) if (typeof name !== 'string') return false;
  return true;
}

/** Whether this is an object that is no more than its keys, of any class. */
export function isPlain(value: Value): boolean {
  if (value[Symbol.toStringTag] !== undefined) return false;
  if (value instanceof Object) return !(value instanceof RegExp || value instanceof Date);
  return Object.prototype.toString.call(value) === '[object Object]'; // has no prototype, or one of another realm
}

/** Whether there is nothing by which bson would take it for something else. */
export function isNoMoreThanArray(value: Value & unknown[]): boolean {
  return value.toBSON === undefined && value._bsontype === undefined;
}

/** As {@link isNoMoreThanArray}, and apart from it: V8 remembers for each function four kinds of objects at most, which arrays are already. */
export function isNoMoreThanDate(value: Value & Date): boolean {
  return value.toBSON === undefined && value._bsontype === undefined;
}
