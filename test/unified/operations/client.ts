import type { Document } from 'mongodb';
import { bulkWriteDocument, clientWriteModel } from '../bulk-write';
import { openChangeStream } from '../internals';
import type { ObservedClient } from '../observed-client';
import type { Operations } from './operation';

export const clientOperations: Operations<ObservedClient> = {
  appendMetadata: ({ client }, { driverInfoOptions }) => client.appendMetadata(driverInfoOptions),

  clientBulkWrite: async ({ client }, { models, ...options }) =>
    bulkWriteDocument(await client.bulkWrite((models as Document[]).map(clientWriteModel), options)),

  close: ({ client }) => client.close(),

  createChangeStream: ({ client }, { pipeline, ...options }) =>
    openChangeStream(client.watch(pipeline, options)),

  dropDatabase: ({ client }, { database, ...options }) => client.db(database).dropDatabase(options),

  listDatabaseNames: async ({ client }, options) => {
    const { databases } = await client
      .db()
      .admin()
      .listDatabases({ nameOnly: true, ...options });
    return databases.map(({ name }) => name);
  },

  listDatabases: async ({ client }, options) => (await client.db().admin().listDatabases(options)).databases
};
