import { expect } from 'chai';
import { type ChangeStream, coroutine } from '../../lib';
import { settle, until } from '../support/bounds';
import { ChangeLog } from '../support/change-log';
import { activeSessions } from '../support/inside';
import type { Simulator } from '../support/simulator';
import { useStage } from '../support/stage';
import { type Call, styles } from '../support/styles';

type Way = (stream: ChangeStream, log: ChangeLog) => Promise<unknown>;

const closing =
  (call: Call): Way =>
  async stream => {
    await stream.next();
    await call(stream, 'close');
  };

/** How a stream may be left, after at least one change was read. */
const ways: Record<string, Way> = {
  ...Object.fromEntries(
    Object.entries(styles).map(([style, call]) => [`by close in ${style} style`, closing(call)])
  ),
  'by close, twice at once': async stream => {
    await stream.next();
    await Promise.all([stream.close(), stream.close()]);
  },
  'by await using': async stream => {
    await using used = stream;
    await used.next();
  },
  'by break': async stream => {
    for await (const { _id } of stream) if (_id) break;
  },
  'by an error in a loop': async stream => {
    for await (const { _id } of stream) throw new Error(`at ${String(_id)}`);
  },
  'by a coroutine that returns in the middle': coroutine(function* (stream: ChangeStream) {
    yield* stream.next();
    yield* stream.close();
  }),
  'by a Readable that is destroyed': async stream => {
    const readable = stream.stream();
    await new Promise(resolve => readable.once('data', resolve));
    readable.destroy();
    await until('it is closed', () => readable.closed);
  },
  'by close, while there are listeners': async stream => {
    await new Promise(resolve => stream.once('change', resolve));
    await stream.close();
  },
  'by an error that cannot be resumed': async (stream, log) => {
    log.steps.push(1, (_command, reply) => reply.fail(280, 'ChangeStreamFatalError'));
    for (;;) await stream.next();
  },
  'by the client, when it closes': async stream => {
    await stream.next();
    await (stream.parent as { client: { close(): Promise<void> } }).client.close();
  }
};

describe('a change stream', () => {
  const stage = useStage();
  let simulator: Simulator;

  for (const [name, leave] of Object.entries(ways)) {
    it(`that is left ${name} is closed on the server, once, and holds nothing`, async () => {
      simulator = await stage.simulator({ replicaSet: 'sim' });
      const log = new ChangeLog(simulator, 5);
      const client = stage.client(simulator.uri());
      const stream = client.db('shop').collection('users').watch();
      await settle(leave(stream, log));
      await until('the server is told', () => log.closed > 0);
      expect(log.closed).to.equal(1);
      expect(activeSessions(client)).to.equal(0);
    });
  }
});
