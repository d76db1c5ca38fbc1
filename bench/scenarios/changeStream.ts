import assert from 'node:assert/strict';
import type { Document } from 'mongodb';
import { emailOf, fieldsOf } from '../documents.js';
import type { ChangeStream, Place } from './place.js';
import type { Scenario } from './scenario.js';

const events = 100;
const documents = Array.from({ length: events }, (_, index) => fieldsOf(index));

/** Sees what is inserted from now on, even before the driver has opened it. */
async function open({ database, collection }: Place): Promise<ChangeStream> {
  const { operationTime } = await database.command({ ping: 1 });
  return collection.watch([], { startAtOperationTime: operationTime });
}

async function see(stream: ChangeStream, { collection }: Place): Promise<Document[]> {
  const inserting = collection.insertMany(documents.map(each => ({ ...each })));
  const seen: Document[] = [];
  while (seen.length < events) seen.push(await stream.next());
  await inserting;
  return seen;
}

/** A hundred documents inserted at once, and the events of an open change stream that tell of them. */
export const changeStream: Scenario = {
  name: 'changeStream',
  parts: { unit: 'event', count: events },
  collection: 'watched',
  inserts: events,
  servers: ['real'],
  mostCallers: 1,
  promisesOnly: true,
  call(place) {
    let stream: Promise<ChangeStream> | undefined;
    return { start: async () => see(await (stream ??= open(place)), place) };
  },
  isRight: result => (result as Document[]).at(-1)?.['fullDocument'].email === emailOf(events - 1),
  verify: result =>
    assert.deepStrictEqual(
      (result as Document[]).map(({ operationType, fullDocument: { _id, ...fields } }) => [
        operationType,
        fields
      ]),
      documents.map(fields => ['insert', fields])
    ),
  check: database => database.collection('watched').watch().tryNext()
};
