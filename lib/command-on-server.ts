import { type Document, MongoError, MongoServerClosedError } from 'mongodb';
import { lately } from './clock.js';
import { commandIsWrapped, Connection } from './connection.js';
import { SUSPENDED, type SyncStyle, waitFor } from './coroutine.js';
import {
  abortable,
  type CommandOptions,
  type Connection as DriverConnection,
  genuine,
  maxWireVersion,
  type Operation,
  PoolClearedError,
  type Response,
  RunCommandOperation,
  type Server,
  type Session,
  throwIfWriteConcernError,
  type TimeoutContext
} from './driver.js';
import { commandOptions } from './options.js';
import { ownError } from './own-error.js';
import type { Pool } from './pool.js';
import type { Span } from './span.js';

const REAUTHENTICATE = 391;
const MIN_WIRE_VERSION_FOR_WRITES_ON_SECONDARIES = 13;

/** What may pin a connection behind a load balancer. Source: the Load Balancer specification. */
const PINNABLE = ['aggregate', 'find', 'getMore', 'listCollections', 'listIndexes', 'bulkWrite'];

/** Runs an operation's command once, on one server. Source: the driver's `Server.command`. */
export function* runOnServer(
  server: Server,
  operation: Operation,
  session: Session,
  timeoutContext: TimeoutContext
): SyncStyle<Response> {
  if (server.command !== genuine.command) return yield* waitFor(server.command(operation, timeoutContext));
  if (server.s.state === 'closing' || server.s.state === 'closed') throw new MongoServerClosedError();
  const pool = server.pool as Pool;
  let connection: DriverConnection | undefined;
  let reauthenticated: Promise<void> | undefined;
  let time: number | undefined;
  const shareable = pool.pipelining > 1 && mayShare(operation, session);
  server.s.operationCount++;
  try {
    connection =
      session.pinnedConnection ??
      pool.take(shareable) ??
      (yield* acquire(server, operation, timeoutContext, shareable));
    let command = commandOf(operation, connection, session);
    const options = optionsOn(server, operation, timeoutContext, connection);
    if (server.loadBalanced && isPinnable(command, session) && !session.pinnedConnection)
      session.pin(connection);
    for (;;) {
      try {
        let response: Response;
        if (isSimple(connection, session, command, options)) {
          connection.ask(operation.ns, command, options, isRunCommand(operation));
          const type = operation.SERVER_COMMAND_RESPONSE_TYPE;
          const frame = (yield SUSPENDED) as Span;
          time = lately();
          response = connection.answered(frame, options, type);
        } else response = yield* converse(connection, operation, command, options);
        throwIfWriteConcernError(response);
        return response;
      } catch (error) {
        const known = server.decorateCommandError(connection, command, options, error);
        const { error: broken } = connection;
        if (shareable && broken && known === broken) throw ownError(broken, session);
        if (reauthenticated || !mustReauthenticate(known)) throw known;
      }
      reauthenticated = pool.reauthenticate(connection);
      yield* waitFor(abortable(reauthenticated, options));
      command = commandOf(operation, connection, session); // the first was added to
    }
  } finally {
    server.s.operationCount--;
    if (connection && session.pinnedConnection !== connection)
      giveBack(pool, connection, time, reauthenticated);
  }
}

/** Whether its command is a user's own, by whatever name. */
export function isRunCommand(operation: object): boolean {
  return operation instanceof RunCommandOperation;
}

/** A command that may be added to: a user's own is copied. */
function commandOf(operation: Operation, connection: DriverConnection, session: Session): Document {
  const command = operation.buildCommand(connection, session);
  return isRunCommand(operation) ? { ...command } : command;
}

/** A caller who gave up leaves the connection to the authentication that is still going on. */
function giveBack(
  pool: Pool,
  connection: DriverConnection,
  time: number | undefined,
  busy: Promise<void> | undefined
): void {
  if (!busy) return pool.checkIn(connection, time);
  const checkIn = (): void => pool.checkIn(connection);
  busy.then(checkIn, checkIn);
}

function* acquire(
  server: Server,
  operation: Operation,
  timeoutContext: TimeoutContext,
  shareable: boolean
): SyncStyle<DriverConnection> {
  const { signal } = operation.options;
  try {
    return yield* (server.pool as Pool).acquire({ timeoutContext, signal, shareable });
  } catch (error) {
    if (!(error instanceof PoolClearedError)) server.handleError(error);
    throw error;
  }
}

/** Whether the command can be sent from here: two generators less, at whose ends nothing would be done. */
function isSimple(
  connection: DriverConnection,
  session: Session,
  command: Document,
  options: CommandOptions
): connection is Connection {
  if (!(connection instanceof Connection) || commandIsWrapped() || session.explicit) return false;
  return connection.isSimple(command, options);
}

/** Returns the driver's or our connection's generator: one level less for every resume. */
function converse(
  connection: DriverConnection,
  { ns, SERVER_COMMAND_RESPONSE_TYPE: type }: Operation,
  command: Document,
  options: CommandOptions
): SyncStyle<Response> {
  if (connection instanceof Connection && !commandIsWrapped())
    return connection.run(ns, command, options, type);
  return waitFor(connection.command(ns, command, options, type)) as SyncStyle<Response>; // it may encrypt
}

/** What is answered as soon as it is done, and is over then. */
const BRIEF = new Set([
  'find',
  'insert',
  'update',
  'delete',
  'findAndModify',
  'count',
  'distinct',
  'aggregate'
]);

/** Whether an operation may be pipelined with others on one connection: see the client's option `pipelining`. */
function mayShare(operation: Operation, session: Session): boolean {
  const { options, writeConcern, pipeline } = operation;
  if (session.inTransaction() || options.signal || writeConcern?.w === 0) return false;
  if (options.tailable || options.awaitData || (pipeline && watches(pipeline))) return false;
  return BRIEF.has(operation.commandName);
}

/** Whether a pipeline, or what the caller gave for one, begins a change stream. */
function watches(pipeline: unknown): boolean {
  return Array.isArray(pipeline) && pipeline.some((stage?: Document) => stage?.$changeStream !== undefined);
}

function mustReauthenticate(error: unknown): boolean {
  return error instanceof MongoError && error.code?.valueOf() === REAUTHENTICATE;
}

function optionsOn(
  server: Server,
  operation: Operation,
  timeoutContext: TimeoutContext,
  connection: DriverConnection
): CommandOptions {
  const options = commandOptions(operation, timeoutContext);
  options.directConnection = server.topology.s.options.directConnection;
  if (operation.hasWriteStage && maxWireVersion(connection) < MIN_WIRE_VERSION_FOR_WRITES_ON_SECONDARIES) {
    delete options.readPreference;
  }
  if (server.description.iscryptd) options.omitMaxTimeMS = true;
  return options;
}

function isPinnable(command: Document, session: Session): boolean {
  if (session.inTransaction()) return true;
  if (session.transaction.isCommitted && 'commitTransaction' in command) return true;
  return PINNABLE.some(name => name in command);
}
