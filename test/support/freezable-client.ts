import { MongoClient } from './motor';

// The child side of `freezable.ts`: calls of findOne, one after another, on a client of its own for each message.

export interface Attempt {
  /** The error's name and message, none if the call gave a result. */
  name?: string;
  message?: string;
  ms: number;
  /** By how many bytes the process grew. */
  grown: number;
}

process.on('message', ({ uri, calls }: { uri: string; calls: number }) => void attempts(uri, calls));

async function attempts(uri: string, calls: number): Promise<void> {
  const client = new MongoClient(uri);
  const made: Attempt[] = [];
  for (let call = 0; call < calls; call++) made.push(await attempt(client));
  process.send?.(made);
  await client.close();
}

async function attempt(client: MongoClient): Promise<Attempt> {
  const before = process.memoryUsage.rss();
  const started = performance.now();
  let failed: Error | undefined;
  try {
    await client.db('shop').collection('users').findOne({});
  } catch (error) {
    failed = error as Error;
  }
  const ms = performance.now() - started;
  return { name: failed?.name, message: failed?.message, ms, grown: process.memoryUsage.rss() - before };
}
