import { settle, sleep, within } from './bounds';
import { MongoClient } from './motor';
import { poolOf } from './pool-counts';

/** What a client came to whose listener to an event threw at each call of it. */
export interface Account {
  event: string;
  thrown: number;
  unsettled: number;
  pool: { pending: number; checkedOut: number; waiting: number };
  total: number;
  afterwards: string[];
}

const [, , uri = '', ...events] = process.argv;

// Where a listener's exception comes out is not the question here.
process.on('uncaughtException', () => undefined);
process.on('unhandledRejection', () => undefined);

async function account(event: string): Promise<Account> {
  const client = new MongoClient(uri, { monitorCommands: true });
  const users = client.db('shop').collection('users');
  const call = async (filter: object): Promise<string> => {
    const { error } = await settle(within(2000, 'the call', users.findOne(filter)));
    if (!error) return 'result';
    return error.message.includes('did not happen') ? 'unsettled' : error.name;
  };
  await client.connect();

  let thrown = 0;
  const listener = (): void => {
    thrown++;
    throw new Error(`thrown upon ${event}`);
  };
  client.on(event as 'commandStarted', listener);
  const outcomes = [await call({}), await call({ _id: 'reset' }), await call({})];
  outcomes.push(...(await Promise.all([call({ ms: 250 }), call({}), call({})])));
  client.off(event as 'commandStarted', listener);

  await sleep(300);
  const { pendingConnectionCount, currentCheckedOutCount, waitQueueSize, totalConnectionCount } =
    poolOf(client);
  const pool = {
    pending: pendingConnectionCount,
    checkedOut: currentCheckedOutCount,
    waiting: waitQueueSize
  };
  const unsettled = outcomes.filter(outcome => outcome === 'unsettled').length;
  const afterwards = [await call({}), await call({}), await call({})];
  void client.close();
  return { event, thrown, unsettled, pool, total: totalConnectionCount, afterwards };
}

void Promise.all(events.map(account)).then(accounts => process.send?.(accounts, () => process.disconnect()));
