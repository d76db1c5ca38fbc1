import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { within } from '../support/bounds';
import { useStage } from '../support/stage';

const LAST = 2 ** 31 - 1;

describe('the counter of request ids', () => {
  const stage = useStage();

  // A handshake takes an id of its own, so the wrap meets handshakes and commands alike, depending on the start.
  for (const start of [LAST - 1, LAST - 8]) {
    it(`wraps at the last int32 and goes on matching replies: from ${start}`, async () => {
      const simulator = await stage.simulator();
      simulator.on('find', (command, reply) => reply.cursor([command.filter]));
      const child = fork(
        join(__dirname, '../support/late-request-ids.ts'),
        [simulator.uri(), String(start)],
        {
          execArgv: ['--import', 'tsx']
        }
      );
      stage.after(() => child.kill('SIGKILL'));
      const [found] = await within(8000, 'the answer of the child', once(child, 'message'));
      expect(found).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      const ids = simulator.commands().map(({ requestId }) => requestId);
      expect(Math.max(...ids), 'the ids seen reach the end').to.be.at.least(LAST - 1);
      expect(Math.min(...ids.map(id => (id < 0 ? 0 : id))), 'and begin anew').to.be.below(20);
      expect(simulator.applications.length).to.equal(1);
    });
  }
});
