import { expect } from 'chai';
import * as driver from 'mongodb';
import type { Document } from 'mongodb';
import * as motor from '../../lib';
import { settle } from './bounds';
import { plain } from './plain';
import { sharedServer } from './server';
import { type Call, styles } from './styles';

/** What a case works on, the driver's or ours. */
export interface Subject {
  readonly client: driver.MongoClient;
  readonly db: driver.Db;
  readonly users: driver.Collection<Document>;
  readonly call: Call;
}

export type Case = (subject: Subject) => Promise<unknown>;

/**
 * Tests that each case gives the same with the driver and with this library in each style: the same result or error,
 * and the same documents left in the collection. Call it inside `describe`.
 */
export function sameAsTheDriver(
  database: string,
  seed: readonly Document[],
  cases: Record<string, Case>
): void {
  let theirs: driver.MongoClient;
  let ours: motor.MongoClient;
  before(async function () {
    this.timeout(60_000);
    const { uri } = await sharedServer();
    theirs = new driver.MongoClient(uri);
    ours = new motor.MongoClient(uri);
    await Promise.all([theirs.connect(), ours.connect()]);
  });
  after(async () => {
    await theirs.db(database).dropDatabase();
    await Promise.all([theirs.close(), ours.close()]);
  });

  async function outcome(client: driver.MongoClient, call: Call, run: Case): Promise<unknown> {
    const db = theirs.db(database);
    for (const { name } of await db.listCollections().toArray()) await db.dropCollection(name);
    if (seed.length > 0) await db.collection('users').insertMany(structuredClone([...seed]));
    const subject = { client, db: client.db(database), users: client.db(database).collection('users'), call };
    const { value, error } = await settle(run(subject));
    const left = await db.collection('users').find().sort({ _id: 1 }).toArray();
    return plain({ value, error, left });
  }

  for (const [name, run] of Object.entries(cases)) {
    it(`gives what the driver gives, in every style: ${name}`, async () => {
      const expected = await outcome(theirs, styles.promise, run);
      for (const [style, call] of Object.entries(styles)) {
        expect(await outcome(ours, call, run), `${style} style`).to.deep.equal(expected);
      }
    });
  }
}
