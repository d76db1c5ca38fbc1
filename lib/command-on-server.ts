import { type Document, MongoError, MongoServerClosedError } from 'mongodb';
import { Connection } from './connection.js';
import { type SyncStyle, waitFor } from './coroutine.js';
import {
  abortable,
  type CommandOptions,
  type Connection as DriverConnection,
  maxWireVersion,
  type Operation,
  PoolClearedError,
  type Response,
  type Server,
  type Session,
  throwIfWriteConcernError,
  type TimeoutContext
} from './driver.js';
import type { Pool } from './pool.js';

const REAUTHENTICATE = 391;
const MIN_WIRE_VERSION_FOR_WRITES_ON_SECONDARIES = 13;

/** What may pin a connection behind a load balancer. Source: the Load Balancer specification. */
const PINNABLE = ['aggregate', 'find', 'getMore', 'listCollections', 'listIndexes', 'bulkWrite'];

/** A connection in use, and how it is given back: exactly once. */
interface Loan {
  readonly connection: DriverConnection;
  giveBack: () => void;
}

/** Runs an operation's command once, on one server. Source: the driver's `Server.command`. */
export function* runOnServer(
  server: Server,
  operation: Operation,
  session: Session,
  timeoutContext: TimeoutContext
): SyncStyle<Response> {
  if (server.s.state === 'closing' || server.s.state === 'closed') throw new MongoServerClosedError();
  server.s.operationCount++;
  try {
    const loan = yield* borrow(server, operation, session, timeoutContext);
    try {
      return yield* runOnConnection(server, operation, session, timeoutContext, loan);
    } finally {
      if (session.pinnedConnection !== loan.connection) loan.giveBack();
    }
  } finally {
    server.s.operationCount--;
  }
}

function* borrow(
  server: Server,
  operation: Operation,
  session: Session,
  timeoutContext: TimeoutContext
): SyncStyle<Loan> {
  const pool = server.pool as Pool;
  const lend = (connection: DriverConnection): Loan => ({
    connection,
    giveBack: () => pool.checkIn(connection)
  });
  if (session.pinnedConnection) return lend(session.pinnedConnection);
  try {
    return lend(yield* pool.acquire({ timeoutContext, signal: operation.options.signal }));
  } catch (error) {
    if (!(error instanceof PoolClearedError)) server.handleError(error);
    throw error;
  }
}

function* runOnConnection(
  server: Server,
  operation: Operation,
  session: Session,
  timeoutContext: TimeoutContext,
  loan: Loan
): SyncStyle<Response> {
  const { connection } = loan;
  const command = operation.buildCommand(connection, session);
  const options = commandOptions(server, operation, timeoutContext, connection);
  if (server.loadBalanced && isPinnable(command, session) && !session.pinnedConnection)
    session.pin(connection);
  try {
    return yield* converse(server, operation, connection, command, options);
  } catch (error) {
    if (!(error instanceof MongoError) || error.code?.valueOf() !== REAUTHENTICATE) throw error;
    yield* reauthenticate(server, loan, options);
    return yield* converse(server, operation, connection, command, options);
  }
}

function* converse(
  server: Server,
  operation: Operation,
  connection: DriverConnection,
  command: Document,
  options: CommandOptions
): SyncStyle<Response> {
  const type = operation.SERVER_COMMAND_RESPONSE_TYPE;
  try {
    const response =
      connection instanceof Connection
        ? yield* connection.run(operation.ns, command, options, type)
        : ((yield* waitFor(connection.command(operation.ns, command, options, type))) as Response); // encrypts
    throwIfWriteConcernError(response);
    return response;
  } catch (error) {
    throw server.decorateCommandError(connection, command, options, error);
  }
}

function commandOptions(
  server: Server,
  operation: Operation,
  timeoutContext: TimeoutContext,
  connection: DriverConnection
): CommandOptions {
  const options = operation.buildOptions(timeoutContext);
  options.directConnection = server.topology.s.options.directConnection;
  if (operation.hasWriteStage && maxWireVersion(connection) < MIN_WIRE_VERSION_FOR_WRITES_ON_SECONDARIES) {
    delete options.readPreference;
  }
  if (server.description.iscryptd) options.omitMaxTimeMS = true;
  return options;
}

/** A caller who gives up meanwhile leaves the connection to the exchange that is still going on. */
function* reauthenticate(server: Server, loan: Loan, options: CommandOptions): SyncStyle<void> {
  const { giveBack } = loan;
  const reauthenticated = server.pool.reauthenticate(loan.connection);
  loan.giveBack = () => void reauthenticated.then(giveBack, giveBack);
  yield* waitFor(abortable(reauthenticated, options));
  loan.giveBack = giveBack;
}

function isPinnable(command: Document, session: Session): boolean {
  if (session.inTransaction()) return true;
  if (session.transaction.isCommitted && 'commitTransaction' in command) return true;
  return PINNABLE.some(name => name in command);
}
