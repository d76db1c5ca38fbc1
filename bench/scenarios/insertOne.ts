import assert from 'node:assert/strict';
import { copyOf, fieldsOf, idOf } from '../documents.js';
import type { Scenario } from './scenario.js';

const fields = fieldsOf(0);

/** One document, which gets its `_id` from the driver. That it arrived is seen in the collection's count. */
export const insertOne: Scenario = {
  name: 'insertOne',
  collection: 'one',
  inserts: 1,
  call: ({ collection }) => ({
    start: () => collection.insertOne(copyOf(fields)),
    startWithCallback: callback => collection.insertOne(copyOf(fields), callback)
  }),
  isRight: result => insertedId(result) !== undefined,
  verify: result =>
    assert.match(String(insertedId(result)), /^[0-9a-f]{24}$/, 'insertOne returned no insertedId'),
  wire: {
    command: (insert, ObjectId) => ({
      insert,
      documents: [{ _id: new ObjectId(idOf(0)), ...fields }],
      ordered: true
    }),
    resultOf: (reply, command) => (reply['n'] === 1 ? { insertedId: command['documents'][0]._id } : {})
  }
};

const insertedId = (result: unknown) => (result as { insertedId?: unknown }).insertedId;
