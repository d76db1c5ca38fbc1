import * as official from 'mongodb';
import * as ours from '../../lib/index';
import { isOfficialDriver } from '../unified/driver';

/** The module under test: this package, or the official driver when UNIFIED_DRIVER is "mongodb". */
export const driver: Pick<
  typeof official,
  'BSON' | 'Binary' | 'MongoClient' | 'ReadConcern' | 'ReadPreference' | 'WriteConcern'
> = isOfficialDriver ? official : ours;
