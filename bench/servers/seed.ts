// Puts the documents of the scenarios into a real server, and takes all of it away again.
import * as driver from 'mongodb';
import { databaseName } from '../documents.js';
import { findOne } from '../scenarios/findOne.js';
import { scenarioNamed } from '../scenarios/index.js';
import type { Scenario } from '../scenarios/scenario.js';

export interface Seeded {
  database: driver.Db;
  /** Drops the database. */
  remove(): Promise<void>;
}

/** Cold starts find what `findOne` does. */
const scenariosOf = (names: string[]): Set<Scenario> =>
  new Set(names.map(name => (name === 'coldStart' ? findOne : scenarioNamed(name))));

export async function seed(uri: string, scenarios: string[]): Promise<Seeded> {
  const client = await driver.MongoClient.connect(uri);
  const database = client.db(databaseName);
  const remove = () =>
    database
      .dropDatabase()
      .then(() => {})
      .finally(() => client.close());
  try {
    await fill(database, scenariosOf(scenarios));
    return { database, remove };
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function fill(database: driver.Db, scenarios: Set<Scenario>): Promise<void> {
  await database.dropDatabase();
  const filled = new Set<string>();
  for (const { collection, seed } of scenarios) {
    if (!filled.has(collection)) await seed?.(database, driver);
    filled.add(collection);
  }
}
