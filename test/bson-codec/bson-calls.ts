import { theirs as bson } from '../../lib/bson/library';

/** How often bson's own `serialize` and `deserialize` are called meanwhile. */
export function countBsonCalls(during: () => void): { serialize: number; deserialize: number } {
  const { serialize, deserialize } = bson;
  const calls = { serialize: 0, deserialize: 0 };
  bson.serialize = (...args) => (calls.serialize++, serialize(...args));
  bson.deserialize = (...args) => (calls.deserialize++, deserialize(...args));
  try {
    during();
  } finally {
    Object.assign(bson, { serialize, deserialize });
  }
  return calls;
}
