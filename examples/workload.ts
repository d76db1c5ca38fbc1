import type { Collection, Db } from 'mongodb';
import type { City } from './cities';

type Turn = (turn: number) => Promise<unknown>;

/** How often the callers do what, in twenty turns. */
const shares = { findOne: 10, find: 4, updateOne: 3, insertOne: 2, aggregate: 1 };
type Name = keyof typeof shares;

const names = Object.keys(shares) as Name[];
const twenty = names.flatMap(name => Array<Name>(shares[name]).fill(name));

export const mixDescription = names.map(name => `${shares[name] * 5}% ${name}`).join(', ');

/** The operation of each turn. The same turn does the same through any driver. */
export async function workload(database: Db): Promise<Turn> {
  const cities = database.collection<City>('cities');
  const visits = database.collection('visits');
  const towns = await cities.find({ population: { $gte: 50_000 } }, { sort: { _id: 1 } }).toArray();
  const town = (turn: number) => towns[(turn * 7919) % towns.length]!;
  const operations: Record<Name, Turn> = {
    findOne: turn => cities.findOne({ _id: town(turn)._id }),
    find: turn => cities.find(around(town(turn), 50)).toArray(),
    insertOne: turn => visits.insertOne({ city: town(turn)._id, stars: turn % 6, at: new Date() }),
    updateOne: turn => cities.updateOne({ _id: town(turn)._id }, { $inc: { visits: 1 } }),
    aggregate: turn => byCountry(cities, around(town(turn), 500))
  };
  // Seven and twenty have no common divisor: all twenty come round, well mixed.
  return turn => operations[twenty[(turn * 7) % 20]!](turn);
}

/** Cities of about the same size: a small range of the index on the population. */
function around({ population }: City, distance: number) {
  return { population: { $gte: population - distance, $lte: population + distance } };
}

function byCountry(cities: Collection<City>, range: ReturnType<typeof around>) {
  return cities
    .aggregate([
      { $match: range },
      { $group: { _id: '$country', cities: { $sum: 1 }, people: { $sum: '$population' } } },
      { $sort: { cities: -1, people: -1 } },
      { $limit: 5 }
    ])
    .toArray();
}
