import type * as mongodb from 'mongodb';

/** What the runner takes of the module under test: this package, or the official driver, which has the same face. */
export type Driver = Pick<
  typeof mongodb,
  | 'GridFSBucket'
  | 'MongoClient'
  | 'MongoOperationTimeoutError'
  | 'MongoServerError'
  | 'ReadConcern'
  | 'ReadPreference'
  | 'WriteConcern'
>;

export const driverName = process.env.UNIFIED_DRIVER ?? 'mongo-motor';

export const isOfficialDriver = driverName === 'mongodb';

/** Whether the official driver's failures are to be recorded. */
export const updating = Boolean(process.env.UPDATE_KNOWN_FAILURES);

export function loadDriver(): Promise<Driver> {
  if (isOfficialDriver) return loadOfficialDriver();
  if (driverName === 'mongo-motor') return import('../../lib/index.js');
  throw new Error(`UNIFIED_DRIVER is "mongo-motor" or "mongodb", not "${driverName}"`);
}

export function loadOfficialDriver(): Promise<Driver> {
  return import('mongodb');
}
