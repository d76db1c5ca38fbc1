/** What an object is taken by: its methods and tags, whatever its class. */
export interface Value {
  toBSON?: unknown;
  _bsontype?: unknown;
  [Symbol.toStringTag]?: unknown;
}

/** Whether this is an object that is no more than its keys, of any class. */
export function isPlain(value: Value): boolean {
  if (value[Symbol.toStringTag] !== undefined) return false;
  if (value instanceof Object) return !(value instanceof RegExp || value instanceof Date);
  return Object.prototype.toString.call(value) === '[object Object]'; // has no prototype, or one of another realm
}
