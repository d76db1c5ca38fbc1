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
export function accept(connection: Learning, response: Response, options: CommandOptions): void {
  const { session } = options;
  if (session && !(session instanceof ImplicitSession)) updateSessionFromResponse(session, response);
  const clusterTime = newClusterTime(response, connection);
  if (clusterTime) {
    connection.clusterTime = clusterTime;
    connection.emit('clusterTimeReceived', clusterTime);
  }
  if (!isOk(response)) throw new MongoServerError(toObject(response, options));
}

/** The whole reply. Its batches are read as they are asked for, so `raw` must not turn all of it into bytes. */
export function toObject(response: Response, options: CommandOptions): Document {
  const { documentsReturnedIn, raw } = options;
  if (!documentsReturnedIn || !raw) return response.toObject(options);
  return response.toObject({ ...options, raw: false, fieldsAsRaw: { [documentsReturnedIn]: true } });
}

/** Whether "ok" is anything but zero, of whatever numeric type: looked up by its bytes, which takes no decoding. */
function isOk({ bson, elements }: Response): boolean {
  for (const [, name, nameLength, start, length] of elements) {
    if (nameLength !== 2 || bson[name] !== 0x6f || bson[name + 1] !== 0x6b) continue;
    for (let i = start; i < start + length; i++) if (bson[i] !== 0) return true;
    return false;
  }
  return false;
}

const GOSSIP = Buffer.from('$clusterTime');

/** A connection, and the bytes of the cluster time that was decoded last. */
type Learning = Connection & { gossip?: Uint8Array };

/** The reply's cluster time, unless it is the one known: decoding it, with its signature, is not free. */
function newClusterTime(response: Response, connection: Learning): ClusterTime | null {
  const gossip = response.elements.find(element => isGossip(response.bson, element));
  if (!gossip) return null;
  const [, , , start, length] = gossip;
  const bytes = response.bson.subarray(start, start + length);
  if (connection.gossip && Buffer.compare(bytes, connection.gossip) === 0) return null;
  connection.gossip = Uint8Array.from(bytes);
  return response.$clusterTime;
}

function isGossip(bson: Uint8Array, [, start, length]: Response['elements'][number]): boolean {
  if (length !== GOSSIP.length) return false;
  for (let i = 0; i < length; i++) if (bson[start + i] !== GOSSIP[i]) return false;
  return true;
}
