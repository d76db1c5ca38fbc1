import { type Document, MongoCompatibilityError, ReadPreference } from 'mongodb';
import { applySession, type CommandOptions, type Connection, getReadPreference } from './driver.js';
import type { Ending } from './ending.js';
import { ImplicitSession } from './session.js';

/**
 * Makes a command ready for one connection: server API, session, cluster time, read preference, database.
 *
 * @returns the command itself, which is added to
 * @throws the driver's errors for a session that cannot be used. Source: the driver's `Connection.prepareCommand`
 */
export function prepare(
  connection: Connection,
  db: string,
  command: Document,
  options: CommandOptions
): Document {
  const clusterTime = newestClusterTime(connection, options);
  applyTheSession(command, connection, options);
  if (clusterTime) command.$clusterTime = clusterTime;
  applyWhatIsRare(command, connection, options);
  command.$db = db;
  return command;
}

/**
 * As {@link prepare}, of a command that nobody else will look at: what most commands have is not added to it.
 *
 * @param isUsers - whether it is a user's own, which may have fields of these names, or be one that ends a transaction
 * @returns what it is to end with, if that is not in the command itself
 */
export function prepareToEnd(
  connection: Connection,
  ending: Ending,
  db: string,
  command: Document,
  options: CommandOptions,
  isUsers: boolean
): Ending | undefined {
  const { session } = options;
  if (!(session instanceof ImplicitSession) || isUsers) {
    prepare(connection, db, command, options);
    return undefined;
  }
  const clusterTime = newestClusterTime(connection, options);
  const serverSession = connection.hasSessionSupport ? session.use(command, options) : undefined;
  applyWhatIsRare(command, connection, options);
  return ending.set(db, serverSession, clusterTime ?? undefined);
}

function applyWhatIsRare(command: Document, connection: Connection, options: CommandOptions): void {
  applyServerApi(command, connection);
  applyReadPreference(command, connection, options);
  options.timeoutContext?.addMaxTimeMSToCommand(command, options);
}

function applyServerApi(command: Document, { serverApi }: Connection): void {
  if (!serverApi) return;
  command.apiVersion = serverApi.version;
  if (serverApi.strict != null) command.apiStrict = serverApi.strict;
  if (serverApi.deprecationErrors != null) command.apiDeprecationErrors = serverApi.deprecationErrors;
}

function applyTheSession(command: Document, connection: Connection, options: CommandOptions): void {
  const { session } = options;
  if (!session) return;
  if (!connection.hasSessionSupport) {
    if (session.explicit) throw new MongoCompatibilityError('Current topology does not support sessions');
    return;
  }
  const error = applySession(session, command, options);
  if (error) throw error;
}

/** The newer of what this connection has seen and what the session has. */
function newestClusterTime(connection: Connection, { session }: CommandOptions) {
  const seen = connection.clusterTime;
  const known = connection.hasSessionSupport ? session?.clusterTime : undefined;
  return seen && known?.clusterTime.greaterThan(seen.clusterTime) ? known : seen;
}

/** Standalones get none, "primary" goes without saying. Source: the Server Selection specification. */
function applyReadPreference(command: Document, connection: Connection, options: CommandOptions): void {
  const { type, loadBalanced } = connection.description;
  const preference = getReadPreference(options);
  if (type === 'Standalone') return;
  if (preference.mode !== 'primary') command.$readPreference = preference.toJSON();
  else if (options.directConnection === true && type !== 'Mongos' && !loadBalanced) {
    command.$readPreference = ReadPreference.primaryPreferred.toJSON();
  }
}
