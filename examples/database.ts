import { randomBytes } from 'node:crypto';
import { MongoClient, type Db } from 'mongo-motor';

const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Lends a database of its own on the server and removes it afterwards, also after an error or Ctrl-C: the server may be
 * one with other databases, which matter. The borrower has to end soon once the signal is aborted.
 */
export async function withDatabase(
  uri: string,
  use: (database: Db, signal: AbortSignal) => Promise<void>
): Promise<void> {
  const client = new MongoClient(uri);
  const database = client.db(`mongo_motor_example_${randomBytes(4).toString('hex')}`);
  const controller = new AbortController();
  const interrupt = (signal: NodeJS.Signals) => controller.abort(new Error(`interrupted by ${signal}`));
  // Once: who interrupts a second time does not want to wait for the removal.
  for (const signal of signals) process.once(signal, interrupt);
  try {
    await use(database, controller.signal);
  } finally {
    await database
      .dropDatabase()
      .catch(error => console.error(`${database.databaseName} is not removed: ${error}`));
    await client.close();
    for (const signal of signals) process.off(signal, interrupt);
    controller.signal.throwIfAborted();
  }
}
