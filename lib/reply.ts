import { type Document, MongoServerError } from 'mongodb';
import {
  type ClusterTime,
  type CommandOptions,
  type Connection,
  type Response,
  updateSessionFromResponse
} from './driver.js';
import { ImplicitSession } from './session.js';

/**
 * Learns from a reply what it says of sessions and of the cluster's time.
 *
 * @throws MongoServerError when the reply is one
 */
export function accept(connection: Connection, response: Response, options: CommandOptions): void {
  const { session } = options;
  if (session && !(session instanceof ImplicitSession)) updateSessionFromResponse(session, response);
  const clusterTime = newClusterTime(response, connection);
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

const GOSSIP = Buffer.from('$clusterTime');

/** The bytes of the cluster time that a connection has decoded last. */
const decoded = new WeakMap<Connection, Uint8Array>();

/** The reply's cluster time, unless it is the one known: decoding it, with its signature, is not free. */
function newClusterTime(response: Response, connection: Connection): ClusterTime | null {
  const gossip = response.elements.find(element => isGossip(response.bson, element));
  if (!gossip) return null;
  const [, , , start, length] = gossip;
  const bytes = response.bson.subarray(start, start + length);
  const known = decoded.get(connection);
  if (known && Buffer.compare(bytes, known) === 0) return null;
  decoded.set(connection, Uint8Array.from(bytes));
  return response.$clusterTime;
}

function isGossip(bson: Uint8Array, [, start, length]: Response['elements'][number]): boolean {
  if (length !== GOSSIP.length) return false;
  for (let i = 0; i < length; i++) if (bson[start + i] !== GOSSIP[i]) return false;
  return true;
}
