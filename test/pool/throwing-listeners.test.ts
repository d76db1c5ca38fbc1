import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { within } from '../support/bounds';
import { Simulator } from '../support/simulator';
import type { Account } from '../support/throwing-listener';

const EVENTS = [
  'connectionCheckOutStarted',
  'connectionCheckedOut',
  'connectionCheckOutFailed',
  'connectionCheckedIn',
  'connectionCreated',
  'connectionReady',
  'connectionClosed',
  'connectionPoolCleared',
  'commandStarted',
  'commandSucceeded',
  'commandFailed'
];

// An exception of a listener ends up with the process, which is why another process than this one has it: with a
// client for each event, each of which lets its listener throw while calls succeed, fail and wait in vain.
describe('a listener that throws', () => {
  let accounts: Account[];

  before(async function () {
    this.timeout(60_000);
    const simulator = await Simulator.start();
    simulator.on('find', async (command, reply, connection) => {
      if (command.filter._id === 'reset') return connection.reset();
      return reply.later(Number(command.filter.ms ?? 0), reply.cursor([]));
    });
    const uri = simulator.uri({
      retryReads: false,
      maxPoolSize: 1,
      waitQueueTimeoutMS: 100,
      heartbeatFrequencyMS: 100
    });
    const path = join(__dirname, '../support/throwing-listener.ts');
    const child = fork(path, [uri, ...EVENTS], { execArgv: ['--import', 'tsx'] });
    try {
      [accounts] = (await within(55_000, 'the accounts', once(child, 'message'))) as [Account[]];
    } finally {
      child.kill('SIGKILL');
      await simulator.close();
    }
  });

  for (const event of EVENTS) {
    it(`leaves the pool's accounts in order: ${event}`, () => {
      const account = accounts.find(account => account.event === event)!;
      expect(account.thrown, 'calls of the listener').to.be.above(0);
      expect(account.unsettled, 'calls that never ended').to.equal(0);
      expect(account.pool).to.deep.equal({ pending: 0, checkedOut: 0, waiting: 0 });
      expect(account.total).to.be.at.most(1);
      expect(account.afterwards).to.deep.equal(['result', 'result', 'result']);
    });
  }
});
