// Commands as bytes, made once for a socket: what changes from call to call is patched into them.
import { randomUUID } from 'node:crypto';
import { BSON, type Document } from 'mongodb';
import { databaseName } from '../documents.js';

export function encode(command: Document): Buffer {
  const body = BSON.serialize(command);
  const message = Buffer.alloc(21 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(2013, 12);
  message.set(body, 21);
  return message;
}

export const decode = (reply: Buffer): Document => BSON.deserialize(reply.subarray(21));

/** The command with what a driver adds for a replica set, as a message that can be sent again. */
export class RawMessage {
  readonly bytes: Buffer;
  readonly #id: number;
  readonly #transaction: number;
  #sent = 0;

  constructor(command: Document, $clusterTime: unknown) {
    const lsid = { id: new BSON.Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4) };
    const retryable = 'insert' in command ? { txnNumber: BSON.Long.ONE } : {};
    const times = $clusterTime ? { $clusterTime } : {};
    this.bytes = encode({ ...command, lsid, ...retryable, ...times, $db: databaseName });
    this.#transaction = 'insert' in command ? this.#after('\x12txnNumber\0') : 0;
    this.#id = 'insert' in command ? this.#after('\x07_id\0') : 0;
    if (this.#id > 0) this.bytes.set(new BSON.ObjectId().id, this.#id);
  }

  /** The bytes of the next call: an insert has an `_id`, of which the time is patched, and a transaction number. */
  next(): Buffer {
    if (this.#id === 0) return this.bytes;
    this.#sent += 1;
    this.bytes.writeInt32LE(this.#sent, this.#transaction);
    this.bytes.writeInt32BE(this.#sent, this.#id);
    return this.bytes;
  }

  #after(element: string): number {
    return this.bytes.indexOf(element, 0, 'latin1') + element.length;
  }
}
