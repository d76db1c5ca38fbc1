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

const name = process.env.UNIFIED_DRIVER ?? 'mongo-motor';

export const isOfficialDriver = name === 'mongodb';

export function loadDriver(): Promise<Driver> {
  if (isOfficialDriver) return import('mongodb');
  if (name === 'mongo-motor') return import('../../lib/index.js');
  throw new Error(`UNIFIED_DRIVER is "mongo-motor" or "mongodb", not "${name}"`);
}
