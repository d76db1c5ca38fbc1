import { settle, sleep } from './bounds';
import { MongoClient } from './motor';

// Closes clients in several states and reports what they leave behind. The process must then end by itself.

const [, , uri = ''] = process.argv;

function handles(): string[] {
  return process.getActiveResourcesInfo().filter(name => /Timeout|TCP|Immediate/.test(name));
}

async function closeAfter(act: (client: MongoClient) => unknown): Promise<void> {
  const client = new MongoClient(uri, {
    maxPoolSize: 1,
    serverSelectionTimeoutMS: 30_000,
    waitQueueTimeoutMS: 30_000
  });
  void settle(Promise.resolve(act(client)));
  await sleep(30);
  await client.close();
}

async function run(): Promise<void> {
  const users = (client: MongoClient) => client.db('shop').collection('users');
  await closeAfter(() => undefined);
  await closeAfter(client => users(client).findOne({}));
  await closeAfter(client => users(client).findOne({ hang: 1 }));
  await closeAfter(client => Promise.all([1, 2, 3].map(() => users(client).findOne({ hang: 1 }))));
  await closeAfter(client => users(client).findOne({}, { readPreference: 'secondary' }));
  await closeAfter(client => client.startSession());
  await sleep(50);
  process.send?.(handles(), () => process.disconnect());
}

void run();
