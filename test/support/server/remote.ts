import { MongoClient } from 'mongodb';
import type { Server } from './types';

/** The user's own server: it is asked who it is, and otherwise left alone. */
export async function reachServer(uri: string): Promise<Server> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 });
  try {
    const { version } = await client.db('admin').command({ buildInfo: 1 });
    const { host = '', port = 0 } = client.options.hosts[0] ?? {};
    return { kind: 'uri', name: `MongoDB ${version}`, uri, host, port, stop, kill: refuse, restart: refuse };
  } catch (error) {
    const message = `The server MONGODB_URI points to does not answer: ${(error as Error).message}`;
    throw new Error(message, { cause: error });
  } finally {
    await client.close();
  }
}

async function stop(): Promise<void> {}

async function refuse(): Promise<never> {
  throw new Error('The server MONGODB_URI points to is not ours to kill: ask for one with { own: true }');
}
