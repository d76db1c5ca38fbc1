import assert from 'node:assert/strict';
import type { Document } from 'mongodb';
import { fieldsOf, idOf } from '../documents.js';

/** Throws unless `found` is the document at `index`, to the last field. */
export function verifyDocument(found: unknown, index: number): void {
  const { _id, ...fields } = (found ?? {}) as Document;
  assert.equal(String(_id), idOf(index), `the document found has the _id ${_id}`);
  assert.deepStrictEqual(fields, fieldsOf(index));
}
