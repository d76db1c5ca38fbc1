// What the canned server's collections hold, by their names.
import { BSON, type Document } from 'mongodb';
import { collectionOf, fieldsOf, heldCollection, idOf, largeFields } from '../../documents.js';
import { chunkSize, fileBytes, fileSize } from '../../file.js';

const { Binary, ObjectId } = BSON;

export interface Holding {
  size: number;
  documents(from: number, to: number): Document[];
}

const holds = (size: number, document: (index: number) => Document): Holding => ({
  size,
  documents: (from, to) => Array.from({ length: to - from }, (_, offset) => document(from + offset))
});

const standard = (index: number) => ({ _id: new ObjectId(idOf(index)), ...fieldsOf(index) });

const file = () => ({
  _id: new ObjectId(idOf(0)),
  length: fileSize,
  chunkSize,
  uploadDate: new Date(1700000000000),
  filename: 'photo'
});

const chunk = (n: number) => ({
  _id: new ObjectId(idOf(n)),
  files_id: new ObjectId(idOf(0)),
  n,
  data: new Binary(fileBytes().subarray(n * chunkSize, (n + 1) * chunkSize))
});

const one = holds(1, standard);
const nothing = holds(0, standard);
const named: Record<string, Holding> = {
  mixed: one,
  [heldCollection]: one,
  large: holds(1, index => ({ _id: new ObjectId(idOf(index)), ...largeFields() }))
};
const files = holds(1, file);
const chunks = holds(Math.ceil(fileSize / chunkSize), chunk);

/** A name that says nothing is that of an empty collection; every bucket of GridFS has the same file. */
export function holdingOf(collection: string): Holding {
  const prefix = collectionOf('');
  if (collection.startsWith(prefix)) return holds(Number(collection.slice(prefix.length)), standard);
  if (collection.endsWith('.files')) return files;
  return named[collection] ?? (collection.endsWith('.chunks') ? chunks : nothing);
}
