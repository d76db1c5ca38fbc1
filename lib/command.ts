import { type Document, MongoCompatibilityError, ReadPreference } from 'mongodb';
import { applySession, type CommandOptions, type Connection, getReadPreference } from './driver.js';

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
  applyServerApi(command, connection);
  const clusterTime = newestClusterTime(connection, options);
  applyTheSession(command, connection, options);
  if (clusterTime) command.$clusterTime = clusterTime;
  applyReadPreference(command, connection, options);
  options.timeoutContext?.addMaxTimeMSToCommand(command, options);
  command.$db = db;
  return command;
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
