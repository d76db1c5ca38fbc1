import { expect } from 'chai';
import * as driver from 'mongodb';
import fc from 'fast-check';
import { settle, within } from '../support/bounds';
import * as motor from '../support/motor';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';
import { type Call, calls } from './calls';

type Library = Pick<typeof driver, 'MongoClient'>;

interface Asked {
  readonly simulator: Simulator;
  readonly users: driver.Collection;
}

/** Of each session, or of each command anew. */
const OWN = new Set(['lsid', 'txnNumber', '$clusterTime']);

const sent = ({ applications }: Simulator): unknown[] =>
  applications
    .flatMap(({ commands }) => commands)
    .map(({ command }) => Object.entries(command).filter(([name]) => !OWN.has(name)));

async function ask({ simulator, users }: Asked, { method, args }: Call): Promise<object> {
  const before = sent(simulator).length;
  const given = (Reflect.get(users, method) as (...all: unknown[]) => unknown).bind(users);
  const { value, error } = await within(
    5000,
    method,
    settle(
      (async () => {
        const made = given(...args());
        return made instanceof driver.AbstractCursor ? made.toArray() : made;
      })()
    )
  );
  return {
    commands: sent(simulator).slice(before),
    value,
    error: error && [error.name, error.message]
  };
}

describe('a call with any options', () => {
  const stage = useStage();

  async function asked({ MongoClient }: Library): Promise<Asked> {
    const simulator = await stage.simulator();
    simulator
      .on('find', (_, reply) => reply.cursor([{ _id: 1, a: 1 }]))
      .on('findAndModify', () => ({ value: { _id: 1 }, lastErrorObject: { n: 1 } }))
      .on('count', () => ({ n: 1 }))
      .on('distinct', () => ({ values: [1] }));
    const client = new MongoClient(simulator.uri({ maxPoolSize: 1 }), { pkFactory: { createPk: () => 7 } });
    stage.after(() => client.close());
    await client.connect();
    return { simulator, users: client.db('shop').collection('users') };
  }

  it('sends the commands that the driver sends, and gives or throws the same', async function () {
    this.timeout(60_000);
    const [ours, drivers] = [await asked(motor), await asked(driver)];
    await fc.assert(
      fc.asyncProperty(calls, async call => {
        expect(await ask(ours, call)).to.deep.equal(await ask(drivers, call));
      }),
      { numRuns: 2000 }
    );
  });
});
