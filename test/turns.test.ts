import { expect } from 'chai';
import { within } from './support/bounds';
import { useStage } from './support/stage';
import { styles } from './support/styles';

/** Puts functions that never call anybody in the place of the turns of the event loop, as unwound test clocks do. */
async function withoutTurns<T>(work: () => Promise<T>): Promise<T> {
  const { setImmediate, queueMicrotask } = globalThis;
  const { nextTick } = process;
  const never = (): void => {};
  Object.assign(globalThis, { setImmediate: never, queueMicrotask: never });
  process.nextTick = never;
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { setImmediate, queueMicrotask });
    process.nextTick = nextTick;
  }
}

describe('While a test has put a clock of its own in the place of the event loop’s turns', () => {
  const stage = useStage();

  for (const [style, call] of Object.entries(styles)) {
    it(`operations are answered, in ${style} style`, async () => {
      const simulator = await stage.simulator();
      simulator.on('find', (_command, reply) => reply.cursor([{ _id: 1 }]));
      const client = stage.client(simulator.taggedUri({ maxPoolSize: 1 }));
      const users = client.db('shop').collection('users');
      await users.findOne({}); // a new connection needs turns of Node's
      const calls = (): Promise<unknown> =>
        within(2000, 'all calls', Promise.all([1, 2, 3].map(() => call(users, 'findOne', {}))));
      expect(await withoutTurns(calls)).to.deep.equal([{ _id: 1 }, { _id: 1 }, { _id: 1 }]);
    });
  }
});
