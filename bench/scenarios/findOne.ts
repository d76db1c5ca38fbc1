import type { Document } from 'mongodb';
import { collectionOf, emailOf, idOf } from '../documents.js';
import { seedDocuments } from './seedDocuments.js';
import type { Scenario } from './scenario.js';
import { verifyDocument } from './verify.js';

const email = emailOf(0);

/** One document by its `_id`. */
export const findOne: Scenario = {
  name: 'findOne',
  collection: collectionOf(1),
  call({ collection, driver }) {
    const _id = new driver.ObjectId(idOf(0));
    return {
      start: () => collection.findOne({ _id }),
      startWithCallback: callback => collection.findOne({ _id }, callback)
    };
  },
  isRight: result => (result as Document | null)?.['email'] === email,
  verify: result => verifyDocument(result, 0),
  wire: {
    command: (find, ObjectId) => ({
      find,
      filter: { _id: new ObjectId(idOf(0)) },
      limit: 1,
      singleBatch: true
    }),
    resultOf: reply => reply['cursor'].firstBatch[0]
  },
  seed: seedDocuments(collectionOf(1), 1)
};
