import assert from 'node:assert/strict';
import type { Document } from 'mongodb';
import { fieldsOf, idOf } from '../documents.js';
import { seedDocuments } from './seedDocuments.js';
import type { Scenario } from './scenario.js';

const size = 1000;
const collection = 'mixed';
const update = { $inc: { visits: 1 } };

/** A document by its `_id`, each in turn; of every five calls, the fifth adds one to a number in it instead. */
export const mixed: Scenario = {
  name: 'mixed',
  collection,
  call({ collection, driver }) {
    const filters = Array.from({ length: size }, (_, index) => ({ _id: new driver.ObjectId(idOf(index)) }));
    let calls = 0;
    return {
      start() {
        const filter = filters[calls++ % size]!;
        return calls % 5 === 0 ? collection.updateOne(filter, update) : collection.findOne(filter);
      },
      startWithCallback(callback) {
        const filter = filters[calls++ % size]!;
        if (calls % 5 === 0) collection.updateOne(filter, update, callback);
        else collection.findOne(filter, callback);
      }
    };
  },
  isRight(result) {
    const { email, matchedCount } = (result ?? {}) as Document;
    return email !== undefined || matchedCount === 1;
  },
  verify(result) {
    const { _id, visits, ...found } = (result ?? {}) as Document;
    if (_id === undefined) return assert.equal(found['modifiedCount'], 1, 'an update changed no document');
    const { visits: before, ...fields } = fieldsOf(parseInt(String(_id).slice(-8), 16));
    assert.deepStrictEqual(found, fields);
    assert(visits >= before, `a number that is only added to went from ${before} to ${visits}`);
  },
  seed: seedDocuments(collection, size)
};
