import assert from 'node:assert/strict';
import type { Document } from 'mongodb';
import type { Collection } from './place.js';
import { find10000 } from './find10000.js';
import type { Scenario } from './scenario.js';
import { verifyDocument } from './verify.js';

const size = 10_000;

interface Seen {
  count: number;
  last: Document | undefined;
}

async function iterate(collection: Collection): Promise<Seen> {
  const seen: Seen = { count: 0, last: undefined };
  for await (const document of collection.find({})) {
    seen.count += 1;
    seen.last = document;
  }
  return seen;
}

/** The same documents as `find10000`, one by one with `for await`. */
export const findIterate: Scenario = {
  name: 'findIterate',
  parts: { unit: 'document', count: size },
  collection: find10000.collection,
  mostCallers: 100,
  promisesOnly: true,
  call: ({ collection }) => ({ start: () => iterate(collection) }),
  isRight: result => (result as Seen).count === size,
  verify(result) {
    const { count, last } = result as Seen;
    assert.equal(count, size, `the cursor gave ${count} documents of ${size}`);
    verifyDocument(last, size - 1);
  },
  seed: find10000.seed!
};
