import type { Db, RunCursorCommandOptions, RunCommandCursor, Document } from 'mongodb';
import { openChangeStream, openCursor } from '../internals';
import type { Operations } from './operation';

export const databaseOperations: Operations<Db> = {
  aggregate: (database, { pipeline, ...options }) => database.aggregate(pipeline, options).toArray(),

  createChangeStream: (database, { pipeline, ...options }) =>
    openChangeStream(database.watch(pipeline, options)),

  createCollection: (database, { collection, ...options }) => database.createCollection(collection, options),

  createCommandCursor: (database, args) => openCursor(commandCursor(database, args)),

  dropCollection: (database, { collection, ...options }) => database.dropCollection(collection, options),

  listCollectionNames: async (database, { filter, ...options }) => {
    const collections = await database.listCollections(filter, { nameOnly: true, ...options }).toArray();
    return collections.map(({ name }) => name);
  },

  listCollectionObjects: async (database, options) =>
    (await database.collections(options)).map(c => c.namespace),

  listCollections: (database, { filter, ...options }) => database.listCollections(filter, options).toArray(),

  modifyCollection: (database, { collection, session, ...options }) =>
    database.command({ collMod: collection, ...options }, { session }),

  runCommand: (database, { command, commandName: _, ...options }) => database.command(command, options),

  runCursorCommand: (database, args) => commandCursor(database, args).toArray()
};

function commandCursor(database: Db, args: Document): RunCommandCursor {
  const { command, commandName: _, batchSize, maxTimeMS, comment, ...options } = args;
  const cursor = database.runCursorCommand(command, options as RunCursorCommandOptions);
  if (batchSize !== undefined) cursor.setBatchSize(batchSize);
  if (maxTimeMS !== undefined) cursor.setMaxTimeMS(maxTimeMS);
  if (comment !== undefined) cursor.setComment(comment);
  return cursor;
}
