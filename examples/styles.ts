import { readFileSync } from 'node:fs';
import { coroutine, type Collection } from 'mongo-motor';
import type { City } from './cities';

type Show = (result: unknown) => void;

async function promise(cities: Collection<City>, show: Show) {
  show(await cities.findOne({ country: 'KE' }, { sort: { population: -1 } }));
}

function callback(cities: Collection<City>, show: Show) {
  cities.countDocuments({ population: { $gte: 1_000_000 } }, (error, count) => show(error ?? count));
}

function yielding(cities: Collection<City>, show: Show) {
  const showRegions = coroutine(function* () {
    show(yield* cities.distinct('region', { country: 'CH' }));
  });
  return showRegions();
}

/** Runs one query in each style, and prints the lines of this very file that ran, with their result. */
export async function showStyles(cities: Collection<City>): Promise<void> {
  for (const [label, style] of Object.entries({ promise, callback, yield: yielding })) {
    const result = await new Promise((show, fail) => Promise.resolve(style(cities, show)).catch(fail));
    console.log(`\n${label}:\n\n${bodyOf(style)}\n`);
    console.log(result);
  }
}

function bodyOf({ name }: { name: string }): string | undefined {
  const source = readFileSync(__filename, 'utf8');
  return new RegExp(`function ${name}\\(.*?\\n(.*?)\\n}`, 's').exec(source)?.[1];
}
