import assert from 'node:assert/strict';
import type { Document } from 'mongodb';
import { databaseName, emailOf, idOf } from '../documents.js';
import { findOne } from './findOne.js';
import type { ObjectIdClass, Place } from './place.js';
import type { Scenario } from './scenario.js';

const callers = 100;
const email = emailOf(0);

async function storm(place: Place, ObjectId: ObjectIdClass): Promise<(Document | null)[]> {
  const client = place.newClient();
  try {
    await client.connect();
    const collection = client.db(databaseName).collection(place.name);
    const call = () => collection.findOne({ _id: new ObjectId(idOf(0)) });
    return await Promise.all(Array.from({ length: callers }, call));
  } finally {
    await client.close();
  }
}

/** A client that is new: connect, a hundred calls of `findOne` at once on its empty pool, close. */
export const connectionStorm: Scenario = {
  name: 'connectionStorm',
  parts: { unit: 'caller', count: callers },
  collection: findOne.collection,
  mostCallers: 1,
  promisesOnly: true,
  call: place => ({ start: () => storm(place, place.driver.ObjectId) }),
  isRight: result => (result as Document[])[callers - 1]?.['email'] === email,
  verify(result) {
    const documents = result as (Document | null)[];
    assert.equal(documents.length, callers);
    documents.forEach(document => findOne.verify(document));
  },
  seed: findOne.seed!
};
