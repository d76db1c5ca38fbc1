import { setTimeout as sleep } from 'node:timers/promises';
import type { TopologyDescription } from 'mongodb';
import { createEntities } from '../create-entities';
import { matchesEvent } from '../events';
import { pinnedAddress, topologyDescription } from '../internals';
import { loop } from '../loop';
import { check } from '../mismatch';
import type { TestRun } from '../test-run';
import { withTimeLimit } from '../time-limit';
import { assertions } from './assertions';
import type { Operations, RunOperation } from './operation';

/** The operations of the runner itself, which are expected to succeed. */
export const testRunnerOperations = (runOperation: RunOperation): Operations<TestRun> => ({
  ...assertions,

  createEntities: (run, { entities }) => createEntities(entities, run),

  failPoint: (run, { client, failPoint }) =>
    run.failPoints.set(failPoint, run.entities.get('client', client).client),

  targetedFailPoint: (run, { session, failPoint }) => {
    const address = pinnedAddress(run.entities.get('session', session));
    check(address !== undefined, `the session ${session} is not pinned`);
    return run.failPoints.setOn(address, run.environment.server.uri, failPoint);
  },

  loop: (run, args) => loop(run, args, runOperation),

  recordTopologyDescription: (run, { client, id }) =>
    run.entities.add(
      'topologyDescription',
      id,
      topologyDescription(run.entities.get('client', client).client)
    ),

  runOnThread: (run, { thread, operation }) =>
    run.entities.get('thread', thread).run(() => runOperation(operation, run)),

  waitForThread: (run, { thread }) => run.entities.get('thread', thread).stop(),

  waitForEvent: (run, { client, event, count }) =>
    run.entities
      .get('client', client)
      .waitForEvents(
        observed => matchesEvent(event, observed, run.entities),
        count,
        Object.keys(event).join()
      ),

  waitForPrimaryChange: (run, { client, priorTopologyDescription, timeoutMS = 10_000 }) => {
    const before = primaryOf(run.entities.get('topologyDescription', priorTopologyDescription));
    const changed = async (): Promise<void> => {
      for (;;) {
        const primary = primaryOf(topologyDescription(run.entities.get('client', client).client));
        if (primary !== undefined && primary !== before) return;
        await sleep(20);
      }
    };
    return withTimeLimit(changed(), timeoutMS, 'the primary did not change');
  },

  wait: (_run, { ms }) => sleep(ms)
});

function primaryOf({ servers }: TopologyDescription): string | undefined {
  return [...servers.values()].find(({ type }) => type === 'RSPrimary')?.address;
}
