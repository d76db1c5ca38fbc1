import type { Collection, Document, FindOptions } from 'mongodb';
import { openChangeStream, openCursor } from '../internals';
import type { Operations } from './operation';

export const collectionOperations: Operations<Collection> = {
  aggregate: (collection, { pipeline, ...options }) => collection.aggregate(pipeline, options).toArray(),

  bulkWrite: (collection, { requests, ...options }) => collection.bulkWrite(requests, options),

  count: (collection, { filter, ...options }) => collection.count(filter, options),

  countDocuments: (collection, { filter, ...options }) => collection.countDocuments(filter, options),

  createChangeStream: (collection, { pipeline, ...options }) =>
    openChangeStream(collection.watch(pipeline, options)),

  createFindCursor: (collection, { filter, ...options }) =>
    openCursor(collection.find(filter, findOptions(options))),

  createIndex: (collection, { keys, ...options }) => collection.createIndex(keys, options),

  createSearchIndex: (collection, { model }) => collection.createSearchIndex(model),

  createSearchIndexes: (collection, { models }) => collection.createSearchIndexes(models),

  deleteMany: (collection, { filter, ...options }) => collection.deleteMany(filter, options),

  deleteOne: (collection, { filter, ...options }) => collection.deleteOne(filter, options),

  distinct: (collection, { fieldName, filter, ...options }) =>
    collection.distinct(fieldName, filter, options),

  dropIndex: (collection, { name, ...options }) => collection.dropIndex(name, options),

  dropIndexes: (collection, options) => collection.dropIndexes(options),

  dropSearchIndex: (collection, { name }) => collection.dropSearchIndex(name),

  estimatedDocumentCount: (collection, options) => collection.estimatedDocumentCount(options),

  find: (collection, { filter, ...options }) => collection.find(filter, findOptions(options)).toArray(),

  findOne: (collection, { filter, ...options }) => collection.findOne(filter, options),

  findOneAndDelete: (collection, { filter, ...options }) => collection.findOneAndDelete(filter, options),

  findOneAndReplace: (collection, { filter, replacement, ...options }) =>
    collection.findOneAndReplace(filter, replacement, options),

  findOneAndUpdate: (collection, { filter, update, ...options }) =>
    collection.findOneAndUpdate(filter, update, options),

  insertMany: (collection, { documents, ...options }) => collection.insertMany(documents, options),

  insertOne: (collection, { document, ...options }) => collection.insertOne(document, options),

  listIndexes: (collection, options) => collection.listIndexes(options).toArray(),

  listIndexNames: async (collection, options) => {
    const indexes = await collection.listIndexes(options).toArray();
    return indexes.map(({ name }) => name);
  },

  listSearchIndexes: (collection, { name, aggregationOptions }) =>
    collection.listSearchIndexes(name, aggregationOptions).toArray(),

  rename: (collection, { to, ...options }) => collection.rename(to, options),

  replaceOne: (collection, { filter, replacement, ...options }) =>
    collection.replaceOne(filter, replacement, options),

  updateMany: (collection, { filter, update, ...options }) => collection.updateMany(filter, update, options),

  updateOne: (collection, { filter, update, ...options }) => collection.updateOne(filter, update, options),

  updateSearchIndex: (collection, { name, definition }) => collection.updateSearchIndex(name, definition)
};

/** The format has one word for what are two options of the driver. */
function findOptions({ cursorType, ...options }: Document): FindOptions {
  if (cursorType === undefined || cursorType === 'nonTailable') return options;
  return { ...options, tailable: true, ...(cursorType === 'tailableAwait' && { awaitData: true }) };
}
