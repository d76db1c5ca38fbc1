import { tracingChannel } from 'node:diagnostics_channel';
import { MongoClient } from './motor';

/** What an operation came to while subscribers of every tracing channel threw, and how often that was reported. */
export interface Outcome {
  acknowledged: boolean;
  reported: number;
}

const [, , uri = ''] = process.argv;

let reported = 0;
process.on('uncaughtException', () => void reported++);

async function outcome(): Promise<Outcome> {
  const client = new MongoClient(uri);
  await client.connect();
  for (const name of ['operation', 'checkout', 'command']) {
    const { start, asyncEnd } = tracingChannel(`mongo-motor:${name}`);
    for (const channel of [start, asyncEnd]) {
      channel.subscribe(() => {
        throw new Error('a bad subscriber');
      });
    }
  }
  const { acknowledged } = await client.db('shop').collection('users').insertOne({});
  await new Promise(resolve => setImmediate(resolve));
  void client.close();
  return { acknowledged, reported };
}

void outcome().then(result => process.send?.(result, () => process.disconnect()));
