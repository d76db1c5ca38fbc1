import { expect } from 'chai';
import * as driver from 'mongodb';
import { within } from '../support/bounds';
import * as motor from '../support/motor';
import { plain } from '../support/plain';
import { Simulator } from '../support/simulator';
import type { ServerShape } from '../support/simulator-hello';
import { type Call, styles } from '../support/styles';
import { told } from './outcome';

/** What a case works on, the driver's or ours. */
interface Given {
  readonly client: driver.MongoClient;
  readonly users: driver.Collection<driver.Document>;
  readonly call: Call;
}

/** A bulk write, and what the server does about it. */
export interface Scripted {
  /** Fields of the server's hello: its limits, mostly. */
  readonly hello?: driver.Document;
  readonly options?: Record<string, string | number | boolean>;
  readonly script?: (simulator: Simulator) => unknown;
  readonly run: (given: Given) => Promise<unknown>;
}

const SET: ServerShape = { replicaSet: 'sim' };

/**
 * Tests that each case gives the same with the driver and with this library in each style: the same result or error,
 * from the same commands, in the same sessions and with the same transaction numbers; and that the client finds
 * documents afterwards. Call it inside `describe`.
 */
export function sameFromAScript(cases: Record<string, Scripted>): void {
  for (const [name, scripted] of Object.entries(cases)) {
    it(`gives what the driver gives, by the same commands, in every style: ${name}`, async () => {
      const expected = await outcome(driver.MongoClient, styles.promise, scripted);
      for (const [style, call] of Object.entries(styles)) {
        const ours = await outcome(motor.MongoClient, call, scripted);
        expect(ours, `${style} style`).to.deep.equal(expected);
      }
    });
  }
}

async function outcome(
  Client: typeof driver.MongoClient,
  call: Call,
  { hello, options, script, run }: Scripted
): Promise<unknown> {
  const simulator = await Simulator.start({ ...SET, hello });
  const client = new Client(simulator.uri({ serverSelectionTimeoutMS: 2000, ...options }));
  try {
    script?.(simulator);
    await client.connect();
    const users = client.db('shop').collection('users');
    const result = plain(await within(10_000, 'the bulk write', told(run({ client, users, call }))));
    await within(2000, 'a read afterwards', users.findOne({}));
    return { result, commands: commandsOf(simulator) };
  } finally {
    await client.close();
    await simulator.close();
  }
}

/** What was asked, sessions numbered in the order in which they came. */
function commandsOf(simulator: Simulator): unknown[] {
  const sessions: (string | undefined)[] = [];
  const requests = simulator.applications.flatMap(connection => connection.requests);
  return requests.map(({ name, flags, lsid, command: { lsid: _, $clusterTime: __, ...command } }) => {
    if (!sessions.includes(lsid)) sessions.push(lsid);
    return { name, flags, session: lsid && sessions.indexOf(lsid), command };
  });
}
