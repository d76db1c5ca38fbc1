import { expect } from 'chai';
import * as driver from 'mongodb';
import fc from 'fast-check';
import { fieldsOf, type Library, listen, type Side, sideOf } from '../support/beside-the-driver';
import { settle, within } from '../support/bounds';
import * as motor from '../support/motor';
import { useStage } from '../support/stage';
import { type Call, calls } from './calls';

async function ask({ simulator, users }: Side, { method, args }: Call): Promise<object> {
  const sent = listen(simulator);
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
    commands: sent().map(({ command }) => fieldsOf(command, 'txnNumber')),
    value,
    error: error && [error.name, error.message]
  };
}

describe('a call with any options', () => {
  const stage = useStage();

  async function asked(library: Library): Promise<Side> {
    const side = await sideOf(stage, library, { pkFactory: { createPk: () => 7 } });
    side.simulator
      .on('find', (_, reply) => reply.cursor([{ _id: 1, a: 1 }]))
      .on('findAndModify', () => ({ value: { _id: 1 }, lastErrorObject: { n: 1 } }))
      .on('count', () => ({ n: 1 }))
      .on('distinct', () => ({ values: [1] }));
    return side;
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
