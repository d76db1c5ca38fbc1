import type { Db, Document, MongoClient } from 'mongodb';

interface Library {
  MongoClient: new (uri: string, options: { monitorCommands: boolean }) => MongoClient;
}

/** What a client of either library asks of a server, less what differs from call to call. */
export async function sentCommands(
  uri: string,
  library: Library,
  run: (db: Db) => Promise<unknown>
): Promise<Document[]> {
  const client = new library.MongoClient(uri, { monitorCommands: true });
  const sent: Document[] = [];
  client.on('commandStarted', ({ command }) =>
    sent.push({ ...command, lsid: undefined, $clusterTime: undefined })
  );
  try {
    await run(client.db('shop', { readPreference: 'nearest' }));
    return [...sent];
  } finally {
    await client.close();
  }
}
