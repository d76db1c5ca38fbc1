// Replies, each made into bytes once: a one-node replica set of a new wire version, with sessions and cluster time.
import { BSON, type Document } from 'mongodb';
import { databaseName } from '../../documents.js';
import type { Holding } from './collections.js';

const { Binary, Long, ObjectId, Timestamp } = BSON;

export const setName = 'canned';
const clock = new Timestamp({ t: 1700000000, i: 1 });
const electionId = new ObjectId('7fffffff0000000000000001');
const opTime = { ts: clock, t: Long.ONE };
const signature = { hash: new Binary(Buffer.alloc(20)), keyId: Long.ZERO };

/** The document as a replica set sends it: with `ok` and the times that end every reply. */
const serialize = (document: Document) =>
  BSON.serialize({
    ...document,
    ok: document['ok'] ?? 1,
    $clusterTime: { clusterTime: clock, signature },
    operationTime: clock
  });

/** A message whose `requestID` and `responseTo` are left for the sender to fill in. */
function message(opcode: number, bodyOffset: number, body: Uint8Array): Buffer {
  const bytes = Buffer.alloc(bodyOffset + body.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(opcode, 12);
  bytes.set(body, bodyOffset);
  return bytes;
}

export const opMsg = (document: Document): Buffer => message(2013, 21, serialize(document));

/** The OP_REPLY that answers the OP_QUERY of a handshake. */
export function opReply(document: Document): Buffer {
  const bytes = message(1, 36, serialize(document));
  bytes.writeInt32LE(8, 16); // responseFlags: await capable, as every server says
  bytes.writeInt32LE(1, 32); // numberReturned
  return bytes;
}

/** Without `topologyVersion`, so that monitors poll and no awaited `hello` is held open. */
export const hello = (address: string): Document => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  secondary: false,
  hosts: [address],
  setName,
  setVersion: 1,
  primary: address,
  me: address,
  electionId,
  lastWrite: { opTime, lastWriteDate: new Date() },
  maxBsonObjectSize: 16777216,
  maxMessageSizeBytes: 48000000,
  maxWriteBatchSize: 100000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: 1,
  minWireVersion: 0,
  maxWireVersion: 27,
  readOnly: false
});

const insertions = new Map<number, Buffer>();

export function inserted(n: number): Buffer {
  let reply = insertions.get(n);
  if (!reply) insertions.set(n, (reply = opMsg({ n, electionId, opTime })));
  return reply;
}

/** The replies to updates and deletes of so many documents, for either. */
export const written = (n: number): Buffer => opMsg({ n, nModified: n, electionId, opTime });

/** The reply to a client's bulk write, of which only the numbers are wanted. An operation's first name is what it does. */
export function bulkWritten(operations: readonly Buffer[]): Buffer {
  const of = (name: string) => operations.filter(each => each.toString('latin1', 5, 11) === name).length;
  const [nInserted, nMatched, nDeleted] = [of('insert'), of('update'), of('delete')];
  const cursor = { firstBatch: [], id: Long.ZERO, ns: 'admin.$cmd.bulkWrite' };
  const numbers = { nErrors: 0, nInserted, nMatched, nModified: nMatched, nUpserted: 0, nDeleted };
  return opMsg({ cursor, ...numbers, electionId, opTime });
}

export const updated = opMsg({ n: 1, nModified: 1, electionId, opTime });
export const done = opMsg({});
export const killedCursors = opMsg({
  cursorsKilled: [],
  cursorsNotFound: [],
  cursorsAlive: [],
  cursorsUnknown: []
});

export const unknown = (name: string): Buffer =>
  opMsg({ ok: 0, errmsg: `there is no canned answer to '${name}'`, code: 59, codeName: 'CommandNotFound' });

export interface Batch {
  collection: string;
  from: number;
  to: number;
  /** Whether the cursor ends here though documents are left. */
  closed: boolean;
}

/** Documents `from` to `to`; the cursor's id keeps in its lower half where the next batch starts. */
export function batch({ collection, from, to, closed }: Batch, holding: Holding): Buffer {
  const id = closed || to === holding.size ? Long.ZERO : new Long(to, 0x5eed5eed);
  const name = from === 0 ? 'firstBatch' : 'nextBatch';
  return opMsg({ cursor: { [name]: holding.documents(from, to), id, ns: `${databaseName}.${collection}` } });
}

export interface KeptBatch {
  /** Of the cursor, or 0 at its end. */
  id: number;
  isFirst: boolean;
  namespace: string;
}

/** A batch of documents that are bytes already. */
export function batchOfBytes(documents: readonly Buffer[], { id, isFirst, namespace }: KeptBatch): Buffer {
  const array = enclosed(documents.flatMap((document, index) => [element(3, String(index)), document]));
  const rest = elements(BSON.serialize({ id: Long.fromNumber(id), ns: namespace }));
  const cursor = enclosed([element(4, isFirst ? 'firstBatch' : 'nextBatch'), array, rest]);
  return message(2013, 21, enclosed([element(3, 'cursor'), cursor, elements(serialize({}))]));
}

const element = (type: number, name: string) =>
  Buffer.from(`${String.fromCharCode(type)}${name}\0`, 'latin1');
const elements = (document: Uint8Array) => document.subarray(4, -1);

/** A document or an array of these elements. */
function enclosed(parts: readonly Uint8Array[]): Buffer {
  const size = Buffer.alloc(4);
  const bytes = Buffer.concat([size, ...parts, Buffer.alloc(1)]);
  bytes.writeInt32LE(bytes.length, 0);
  return bytes;
}
