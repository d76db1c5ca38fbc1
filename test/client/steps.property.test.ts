import { expect } from 'chai';
import * as driver from 'mongodb';
import fc from 'fast-check';
import { settle, sleep, until, within } from '../support/bounds';
import { activeCursors, activeSessions } from '../support/inside';
import * as motor from '../support/motor';
import { processEvents } from '../support/process-events';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';
import { serve, steps, take, type World } from './steps';

const some = fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 9 });
const several = fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 6 });

/** What a cursor says that is read on after its client was closed; the driver's may give an empty result. */
const CUT_OFF = 'MongoClientClosedError';

describe('a client', () => {
  const stage = useStage();

  async function serverOf(): Promise<Simulator> {
    const simulator = await stage.simulator({ replicaSet: 'sim' });
    serve(simulator);
    return simulator;
  }

  const worldOf = ({ MongoClient }: Pick<typeof driver, 'MongoClient'>, simulator: Simulator): World => ({
    client: new MongoClient(simulator.uri({ retryReads: false }))
  });

  /** What each step gives or throws. */
  async function seen(
    world: World,
    names: string[]
  ): Promise<[name: string, value: unknown, error?: string][]> {
    const all: [string, unknown, string?][] = [];
    for (const name of names) {
      const { value, error } = await within(4000, name, settle(take(name, world)));
      all.push([name, value, error && `${error.name}: ${error.message}`]);
      if (error?.name === CUT_OFF) break;
    }
    await world.client.close();
    return all;
  }

  it('that is used step by step gives and throws what the driver does', async function () {
    this.timeout(60_000);
    const simulator = await serverOf();
    await fc.assert(
      fc.asyncProperty(some, async names => {
        const ours = await seen(worldOf(motor, simulator), names);
        const drivers = await seen(worldOf(driver, simulator), names.slice(0, ours.length));
        if (ours.at(-1)?.[2]?.startsWith(CUT_OFF)) [ours, drivers].forEach(all => all.pop());
        expect(ours).to.deep.equal(drivers);
      }),
      { numRuns: 500 }
    );
  });

  it('that is used by several at once, closed and connected again, answers all of them and leaves nothing', async function () {
    this.timeout(60_000);
    const simulator = await serverOf();
    const events = await processEvents(async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(several, { minLength: 1, maxLength: 4 }),
          fc.boolean(),
          async (times, waits) => {
            const world = worldOf(motor, simulator);
            const all: Promise<unknown>[] = [];
            for (const names of times) {
              all.push(Promise.all(names.map(name => within(4000, name, settle(take(name, world))))));
              await (waits ? all.at(-1) : sleep(0));
            }
            await Promise.all(all);
            await within(4000, 'closing', world.client.close());
            expect([activeCursors(world.client), activeSessions(world.client)]).to.deep.equal([0, 0]);
            await until('no connection is open', () => simulator.open.length === 0, 1000);
            simulator.connections.length = 0; // they are many
          }
        ),
        { numRuns: 200 }
      );
    });
    expect(events).to.deep.equal([]);
  });
});
