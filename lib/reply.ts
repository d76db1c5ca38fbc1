import { type Document, MongoServerError, Timestamp } from 'mongodb';
import {
  type ClusterTime,
  type CommandOptions,
  type Connection,
  type Response,
  type Session,
  updateSessionFromResponse
} from './driver.js';
import { type Fields, Name } from './fields.js';
import { documentAt, fieldsIn } from './response.js';
import { ImplicitSession } from './session.js';

/**
 * Learns from a reply what it says of sessions and of the cluster's time.
 *
 * @throws MongoServerError when the reply is one
 */
export function accept(connection: Connection, response: Response, options: CommandOptions): void {
  const { session } = options;
  const fields = fieldsIn(response);
  const clusterTime = fields
    ? newClusterTime(response, fields, connection.clusterTime)
    : response.$clusterTime;
  if (clusterTime) {
    connection.clusterTime = clusterTime;
    connection.emit('clusterTimeReceived', clusterTime);
  }
  if (session && fields && !session.explicit) {
    if (fields.clusterTime !== 0) advance(session, connection.clusterTime);
  } else if (session && !(session instanceof ImplicitSession)) updateSessionFromResponse(session, response);
  if (!fields && !isOk(response)) throw new MongoServerError(toObject(response, options));
}

/** All that an implicit session learns: it is in no transaction, sees no snapshot, and reads nothing of its own. */
function advance(session: Session, seen: ClusterTime | null | undefined): void {
  const known = session.clusterTime;
  if (seen && !known?.clusterTime.greaterThanOrEqual(seen.clusterTime)) session.clusterTime = seen;
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

/** The reply's cluster time, unless it is the one known: decoding it, with its signature, is not free. */
function newClusterTime(
  response: Response,
  { memory, clusterTime: at }: Fields,
  known: ClusterTime | null | undefined
): ClusterTime | null {
  if (at === 0) return null;
  if (known && isOf(memory.view, at, known)) return null;
  const { clusterTime, signature } = documentAt(memory, at) ?? {};
  return clusterTime instanceof Timestamp ? { clusterTime, signature } : response.$clusterTime;
}

/** A document of a byte for the type, a name that ends with a zero byte, and eight bytes; others may follow. */
const NAME = 'clusterTime\0';
const CLUSTER_TIME = new Name(NAME);
const SMALLEST = 5 + NAME.length + 8 + 1;

function isOf(view: DataView, start: number, { clusterTime }: ClusterTime): boolean {
  const value = start + 5 + NAME.length;
  return (
    view.getInt32(start, true) >= SMALLEST &&
    view.getInt32(value, true) === clusterTime.low &&
    view.getInt32(value + 4, true) === clusterTime.high &&
    CLUSTER_TIME.isAt(view, start + 5)
  );
}
