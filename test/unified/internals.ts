import type { AbstractCursor, ChangeStream, ClientSession, MongoClient, TopologyDescription } from 'mongodb';

/**
 * What the test format asks about and the driver keeps out of its types. Everything else in this folder uses the
 * public API alone.
 */
interface SessionInternals {
  transaction: { state: string; server?: { description: { address: string } } };
  snapshotTime?: unknown;
}

interface CursorInternals {
  cursorInit(): Promise<void>;
}

/** Connecting otherwise checks a connection out and in, whose events no test file reckons with. */
export const connectWithoutPing = { __skipPingOnConnect: true };

const sessionInternals = (session: ClientSession): SessionInternals => session as object as SessionInternals;

/** The state's name in the test format. */
const states: Record<string, string> = {
  NO_TRANSACTION: 'none',
  STARTING_TRANSACTION: 'starting',
  TRANSACTION_IN_PROGRESS: 'in_progress',
  TRANSACTION_COMMITTED: 'committed',
  TRANSACTION_COMMITTED_EMPTY: 'committed',
  TRANSACTION_ABORTED: 'aborted'
};

export function transactionState(session: ClientSession): string | undefined {
  return states[sessionInternals(session).transaction.state];
}

/** The address of the mongos a transaction is pinned to. */
export function pinnedAddress(session: ClientSession): string | undefined {
  return sessionInternals(session).transaction.server?.description.address;
}

export function snapshotTime(session: ClientSession): unknown {
  return sessionInternals(session).snapshotTime;
}

/** Creates the cursor on the server, which iterating it would do too, but not without asking for more. */
export async function openCursor<T extends AbstractCursor>(cursor: T): Promise<T> {
  await (cursor as object as CursorInternals).cursorInit();
  return cursor;
}

export async function openChangeStream(stream: ChangeStream): Promise<ChangeStream> {
  await openCursor((stream as object as { cursor: AbstractCursor }).cursor);
  return stream;
}

export function topologyDescription(client: MongoClient): TopologyDescription {
  const { topology } = client as object as { topology?: { description: TopologyDescription } };
  if (!topology) throw new Error('the client is not connected');
  return topology.description;
}
