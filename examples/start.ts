import { availableParallelism } from 'node:os';
import { startServer } from '../test/support/server';
import { credits, importCities, type City } from './cities';
import { withDatabase } from './database';
import { measure } from './measure';
import { showStyles } from './styles';
import { table } from './table';
import { mixDescription } from './workload';

/*
 * Finds a MongoDB server, fills a database of its own with the cities of the world, compares the official driver with
 * this one on it, and shows one query in each style. MONGODB_URI makes it use a server of yours.
 */
async function main(): Promise<void> {
  const server = await startServer();
  try {
    await withDatabase(server.uri, async (database, signal) => {
      const cities = database.collection<City>('cities');
      console.log(`data: ${credits}`);
      await importCities(cities, signal);
      console.log(`\nthe same work through both drivers: ${mixDescription}`);
      const comparisons = await measure(server.uri, database.databaseName, signal);
      console.log(
        `\n${server.name}, Node ${process.versions.node}, ${availableParallelism()} cores for all of it\n`
      );
      console.log(table(comparisons));
      await showStyles(cities);
    });
  } finally {
    await server.stop();
  }
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
