import type { MongoClient } from 'mongodb';

export const POOL_EVENTS = [
  'connectionPoolCreated',
  'connectionPoolReady',
  'connectionPoolCleared',
  'connectionPoolClosed',
  'connectionCreated',
  'connectionReady',
  'connectionClosed',
  'connectionCheckOutStarted',
  'connectionCheckOutFailed',
  'connectionCheckedOut',
  'connectionCheckedIn'
] as const;

export const COMMAND_EVENTS = ['commandStarted', 'commandSucceeded', 'commandFailed'] as const;

/** What differs from run to run, whoever emits it: only whether it is there, and of which type, is compared. */
const VARIABLE = new Set([
  'time',
  'duration',
  'durationMS',
  'address',
  'requestId',
  'lsid',
  'endSessions',
  '$clusterTime',
  'clientMetadata'
]);

/** Every event of these names that a client emits from now on, as it can be compared with those of another client. */
export function record(client: MongoClient, names: readonly string[]): [name: string, event: unknown][] {
  const recorded: [string, unknown][] = [];
  const emitter: NodeJS.EventEmitter = client;
  for (const name of names) emitter.on(name, (event: object) => recorded.push([name, comparable(event)]));
  return recorded;
}

function comparable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || '_bsontype' in value || value instanceof Date)
    return value;
  if (value instanceof Error)
    return { error: value.constructor, message: value.message.replace(/127\.0\.0\.1:\d+/, 'it') };
  if (Array.isArray(value)) return value.map(comparable);
  const own = Reflect.ownKeys(value).map(key => {
    const property: unknown = Reflect.get(value, key);
    return [key, VARIABLE.has(String(key)) ? typeof property : comparable(property)] as const;
  });
  return { class: value.constructor, properties: Object.fromEntries(own) };
}
