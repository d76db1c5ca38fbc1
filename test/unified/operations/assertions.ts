import type { Document, TopologyDescription } from 'mongodb';
import { matchesEvent } from '../events';
import { pinnedAddress, transactionState } from '../internals';
import { rootPlace, match } from '../match';
import { check, show } from '../mismatch';
import type { TestRun } from '../test-run';
import type { Operations } from './operation';

export const assertions: Operations<TestRun> = {
  assertCollectionExists: async (run, args) =>
    check(await collectionExists(run, args), `there is no collection ${args.collectionName}`),

  assertCollectionNotExists: async (run, args) =>
    check(!(await collectionExists(run, args)), `there is a collection ${args.collectionName}`),

  assertIndexExists: async (run, args) =>
    check(await indexExists(run, args), `there is no index ${args.indexName}`),

  assertIndexNotExists: async (run, args) =>
    check(!(await indexExists(run, args)), `there is an index ${args.indexName}`),

  assertSameLsidOnLastTwoCommands: (run, { client }) => {
    const [last, previous] = lastTwoLsids(run, client);
    match(previous, last, { ...rootPlace(run.entities, 'lsid'), root: false });
  },

  assertDifferentLsidOnLastTwoCommands: (run, { client }) => {
    const [last, previous] = lastTwoLsids(run, client);
    check(show(last) !== show(previous), `the last two commands share the session ${show(last)}`);
  },

  assertSessionDirty: (run, { session }) => check(isDirty(run, session), `${session} is not dirty`),

  assertSessionNotDirty: (run, { session }) => check(!isDirty(run, session), `${session} is dirty`),

  assertSessionPinned: (run, { session }) =>
    check(pinned(run, session) !== undefined, `${session} is not pinned`),

  assertSessionUnpinned: (run, { session }) =>
    check(pinned(run, session) === undefined, `${session} is pinned to ${pinned(run, session)}`),

  assertSessionTransactionState: (run, { session, state }) => {
    const actual = transactionState(run.entities.get('session', session));
    check(actual === state, `expected the transaction to be ${state}, it is ${actual}`);
  },

  assertNumberConnectionsCheckedOut: (run, { client, connections }) => {
    const { checkedOut } = run.entities.get('client', client);
    check(checkedOut === connections, `expected ${connections} connections checked out, got ${checkedOut}`);
  },

  assertEventCount: (run, { client, event, count }) => {
    const { events } = run.entities.get('client', client);
    const seen = events.filter(observed => matchesEvent(event, observed, run.entities)).length;
    check(seen === count, `expected ${count} of ${show(event)}, got ${seen}`);
  },

  assertTopologyType: (run, { topologyDescription, topologyType }) => {
    const { type }: TopologyDescription = run.entities.get('topologyDescription', topologyDescription);
    check(type === topologyType, `expected the topology ${topologyType}, got ${type}`);
  }
};

async function collectionExists(run: TestRun, { databaseName, collectionName }: Document): Promise<boolean> {
  const database = run.environment.internal.db(databaseName);
  return (await database.listCollections({ name: collectionName }).toArray()).length > 0;
}

async function indexExists(run: TestRun, args: Document): Promise<boolean> {
  if (!(await collectionExists(run, args))) return false;
  const collection = run.environment.internal.db(args.databaseName).collection(args.collectionName);
  const indexes = await collection.listIndexes().toArray();
  return indexes.some(({ name }) => name === args.indexName);
}

function lastTwoLsids(run: TestRun, client: string): [unknown, unknown] {
  const started = run.entities
    .get('client', client)
    .events.filter(({ name }) => name === 'commandStartedEvent');
  const [previous, last] = started.slice(-2).map(({ event }) => event.command.lsid);
  check(last !== undefined && previous !== undefined, 'the last two commands do not both have a session');
  return [last, previous];
}

const isDirty = (run: TestRun, session: string): boolean =>
  run.entities.get('session', session).serverSession.isDirty;

const pinned = (run: TestRun, session: string): string | undefined =>
  pinnedAddress(run.entities.get('session', session));
