import assert from 'node:assert/strict';
import { copyOf, fieldsOf } from '../documents.js';
import type { Scenario } from './scenario.js';

const size = 1000;
let fields: object[] | undefined;

/** New objects each time: the driver puts an `_id` into each. */
function documents(): object[] {
  fields ??= Array.from({ length: size }, (_, index) => fieldsOf(index));
  return fields.map(copyOf);
}

/** `insertMany` of a thousand documents, which get their `_id` from the driver. */
export const bulkInsert: Scenario = {
  name: 'bulkInsert',
  parts: { unit: 'document', count: size },
  collection: 'many',
  inserts: size,
  mostCallers: 100,
  call: ({ collection }) => ({
    start: () => collection.insertMany(documents()),
    startWithCallback: callback => collection.insertMany(documents(), callback)
  }),
  isRight: result => insertedCount(result) === size,
  verify: result => assert.equal(insertedCount(result), size),
  clean: (database, collection) => database.collection(collection).drop()
};

const insertedCount = (result: unknown) => (result as { insertedCount?: number }).insertedCount;
