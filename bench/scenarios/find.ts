import assert from 'node:assert/strict';
import type { Document } from 'mongodb';
import { collectionOf } from '../documents.js';
import { seedDocuments } from './seedDocuments.js';
import type { Scenario } from './scenario.js';
import { verifyDocument } from './verify.js';

/** All documents of a collection of `size`, in batches of the size that the driver asks for if nobody says otherwise. */
export const find = (size: number): Scenario => ({
  name: `find${size}`,
  parts: { unit: 'document', count: size },
  collection: collectionOf(size),
  mostCallers: 100,
  call: ({ collection }) => ({
    start: () => collection.find({}).toArray(),
    startWithCallback: callback => collection.find({}).toArray(callback)
  }),
  isRight: result => (result as Document[]).length === size,
  verify(result) {
    const documents = result as Document[];
    assert.equal(documents.length, size, `find returned ${documents.length} documents of ${size}`);
    documents.forEach(verifyDocument);
  },
  wire: {
    command: collection => ({ find: collection, filter: {}, batchSize: size + 1 }),
    resultOf: reply => reply['cursor'].firstBatch
  },
  seed: seedDocuments(collectionOf(size), size)
});
