import assert from 'node:assert/strict';
import type { Document } from 'mongodb';
import { idOf, largeFields, largeOrders } from '../documents.js';
import type { Scenario } from './scenario.js';

const collection = 'large';

/** One document of a megabyte, by its `_id`. */
export const largeDocument: Scenario = {
  name: 'largeDocument',
  collection,
  mostCallers: 100,
  call({ collection, driver }) {
    const _id = new driver.ObjectId(idOf(0));
    return {
      start: () => collection.findOne({ _id }),
      startWithCallback: callback => collection.findOne({ _id }, callback)
    };
  },
  isRight: result => (result as Document | null)?.['orders']?.length === largeOrders,
  verify(result) {
    const { _id, ...found } = (result ?? {}) as Document;
    assert.equal(String(_id), idOf(0));
    assert.deepStrictEqual(found, largeFields());
  },
  wire: {
    command: (find, ObjectId) => ({
      find,
      filter: { _id: new ObjectId(idOf(0)) },
      limit: 1,
      singleBatch: true
    }),
    resultOf: reply => reply['cursor'].firstBatch[0]
  },
  seed: (database, { ObjectId }) =>
    database.collection(collection).insertOne({ _id: new ObjectId(idOf(0)), ...largeFields() })
};
