import { type Document, MongoServerError, type Timestamp } from 'mongodb';
import {
  type ClusterTime,
  type CommandOptions,
  type Connection,
  type Response,
  updateSessionFromResponse
} from './driver.js';
import { ImplicitSession } from './session.js';

const BSON_OBJECT = 3;
const BSON_TIMESTAMP = 17;

/**
 * Learns from a reply what it says of sessions and of the cluster's time.
 *
 * @throws MongoServerError when the reply is one
 */
export function accept(connection: Connection, response: Response, options: CommandOptions): void {
  const { session } = options;
  if (session && !(session instanceof ImplicitSession)) updateSessionFromResponse(session, response);
  const clusterTime = newClusterTime(response, connection.clusterTime);
  if (clusterTime) {
    connection.clusterTime = clusterTime;
    connection.emit('clusterTimeReceived', clusterTime);
  }
  if (response.ok === 0) throw new MongoServerError(toObject(response, options));
}

/** The whole reply. Its batches are read as they are asked for, so `raw` must not turn all of it into bytes. */
export function toObject(response: Response, options: CommandOptions): Document {
  const { documentsReturnedIn, raw } = options;
  if (!documentsReturnedIn || !raw) return response.toObject(options);
  return response.toObject({ ...options, raw: false, fieldsAsRaw: { [documentsReturnedIn]: true } });
}

/** The reply's cluster time, unless it is the one known: decoding its signature is not free. */
function newClusterTime(response: Response, known: ClusterTime | null): ClusterTime | null {
  const gossip = response.get('$clusterTime', BSON_OBJECT) as Response | null;
  if (!gossip) return null;
  const time = gossip.get('clusterTime', BSON_TIMESTAMP) as Timestamp | null;
  return time && known?.clusterTime.equals(time) ? null : response.$clusterTime;
}
