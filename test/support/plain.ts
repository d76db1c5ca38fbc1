import { Collection } from 'mongodb';

/** What differs from call to call, whoever makes it. */
const VOLATILE = new Set(['$clusterTime', 'operationTime', 'electionId', 'opTime', 'stack']);

/** What differs in messages. */
const IDS = /[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|(?<=txnNumber: )\d+/g;

/**
 * A value as it can be compared with that of another call: classes by themselves (ours as the driver's), all enumerable
 * properties, and nothing that differs from call to call.
 */
export function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(IDS, 'ID');
  if (typeof value !== 'object' || value === null || '_bsontype' in value || value instanceof Date)
    return value;
  if (value instanceof Collection) return { collection: value.namespace };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map || value instanceof Set) return [...value].map(plain);
  const own = Object.entries(value)
    .filter(([key]) => !VOLATILE.has(key))
    .map(([key, property]) => [key, plain(property)] as const);
  const properties = Object.fromEntries(own);
  if (!(value instanceof Error)) return { class: value.constructor, properties };
  const { name, message, cause } = value;
  return { class: value.constructor, name, message: plain(message), cause: plain(cause), properties };
}
