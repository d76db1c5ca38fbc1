import { BSON, type Document } from 'mongodb';

/** The four messages of the wire protocol that a simulator needs, written and read by hand: no driver code in it. */

export const OP_REPLY = 1;
export const OP_QUERY = 2004;
export const OP_MSG = 2013;

export const MORE_TO_COME = 1 << 1;
export const EXHAUST_ALLOWED = 1 << 16;

export interface Header {
  requestId: number;
  responseTo: number;
  opCode: number;
  /** The length the header claims; the true one when left out. */
  length?: number;
}

export interface Request {
  readonly requestId: number;
  readonly opCode: number;
  readonly flags: number;
  readonly name: string;
  readonly database: string;
  readonly command: Document;
}

export function frame(header: Header, body: Uint8Array): Buffer {
  const message = Buffer.alloc(16 + body.length);
  message.writeInt32LE(header.length ?? message.length, 0);
  message.writeInt32LE(header.requestId, 4);
  message.writeInt32LE(header.responseTo, 8);
  message.writeInt32LE(header.opCode, 12);
  message.set(body, 16);
  return message;
}

/** The body of an OP_MSG: its flags and one section of kind 0. */
export function messageBody(document: Document, flags = 0): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(flags, 0);
  return Buffer.concat([head, BSON.serialize(document)]);
}

/** The body of an OP_REPLY with one document, the answer to a handshake by OP_QUERY. */
export function replyBody(document: Document): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(8, 0);
  head.writeInt32LE(1, 16);
  return Buffer.concat([head, BSON.serialize(document)]);
}

/** The first key of an OP_MSG's body, without decoding the rest. */
export function peekName(message: Buffer): string | undefined {
  if (message.readInt32LE(12) !== OP_MSG || message[20] !== 0) return undefined;
  return message.toString('latin1', 26, message.indexOf(0, 26));
}

export function decodeRequest(message: Buffer): Request {
  const opCode = message.readInt32LE(12);
  const head = { requestId: message.readInt32LE(4), opCode, flags: message.readUInt32LE(16) };
  if (opCode === OP_MSG) return named(head, decodeSections(message));
  if (opCode === OP_QUERY) return named(head, decodeQuery(message));
  throw new Error(`The simulator was sent opcode ${opCode}`);
}

function named(head: { requestId: number; opCode: number; flags: number }, command: Document): Request {
  const name = Object.keys(command)[0] ?? '';
  return { ...head, name, database: String(command.$db), command };
}

function decodeQuery(message: Buffer): Document {
  const end = message.indexOf(0, 20);
  const [database] = message.toString('utf8', 20, end).split('.');
  return { ...BSON.deserialize(message.subarray(end + 9)), $db: database };
}

function decodeSections(message: Buffer): Document {
  let command: Document = {};
  let at = 20;
  while (at < message.length) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + size);
    command =
      kind === 0 ? { ...decodeCommand(section), ...command } : { ...command, ...decodeSequence(section) };
    at += 1 + size;
  }
  return command;
}

/** As a server, it takes no field twice. */
function decodeCommand(section: Buffer): Document {
  const command = BSON.deserialize(section);
  const fields = [...BSON.onDemand.parseToElements(section)].length;
  if (fields !== Object.keys(command).length) {
    throw new Error(
      `The simulator was sent a command of ${fields} fields with ${Object.keys(command).join()}`
    );
  }
  return command;
}

function decodeSequence(section: Buffer): Document {
  const end = section.indexOf(0, 4);
  const documents: Document[] = [];
  for (let at = end + 1; at < section.length; at += section.readInt32LE(at)) {
    documents.push(BSON.deserialize(section.subarray(at, at + section.readInt32LE(at))));
  }
  return { [section.toString('utf8', 4, end)]: documents };
}
