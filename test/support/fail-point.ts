import type { Document, MongoClient } from 'mongodb';

/** Runs `body` while commands of the client's server fail as `data` says, `times` times. */
export async function withFailPoint<T>(
  client: MongoClient,
  data: Document & { failCommands: string[] },
  times: number,
  body: () => Promise<T>
): Promise<T> {
  const admin = client.db('admin');
  await admin.command({ configureFailPoint: 'failCommand', mode: { times }, data });
  try {
    return await body();
  } finally {
    await admin.command({ configureFailPoint: 'failCommand', mode: 'off' });
  }
}
