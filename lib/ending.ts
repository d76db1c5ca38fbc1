/*
 * What a command ends with: the id of its session, the time of its cluster, its database. These are the same for many
 * commands, and were half of what there was to encode. So their bytes are made once.
 */
import type { Document } from 'mongodb';
import { Borrowed } from './borrowed.js';
import { Output, serializeInto } from './bson/index.js';
import type { ClusterTime, ServerSession } from './driver.js';

/** To begin with, in bytes. */
const ROOM = 256;

/** The fields of a document, encoded. */
function elementsOf(document: Document): Uint8Array {
  const out = new Output(ROOM);
  serializeInto(out, document);
  return out.bytes.subarray(4, out.position - 1);
}

/** A server session that keeps the bytes of its id. */
class WithId extends Borrowed {
  #lsid: Uint8Array | undefined;

  static of(session: ServerSession): Uint8Array {
    const known = #lsid in session ? (session as object as WithId) : new WithId(session);
    return (known.#lsid ??= elementsOf({ lsid: session.id }));
  }
}

/** The endings of one connection's commands. */
export class Ending {
  #db: string | undefined;
  #time: ClusterTime | undefined;
  /** Of these two. */
  #common: Uint8Array | undefined;
  #lsid: Uint8Array | undefined;

  /** What the next command ends with. */
  set(db: string, session: ServerSession | undefined, time: ClusterTime | undefined): this {
    if (db !== this.#db || time !== this.#time) {
      this.#common = elementsOf(time ? { $clusterTime: time, $db: db } : { $db: db });
      this.#db = db;
      this.#time = time;
    }
    this.#lsid = session && WithId.of(session);
    return this;
  }

  /** Adds it to a document that begins at `start` and has just been written. */
  write(out: Output, start: number): void {
    out.position--;
    out.start = out.position; // its limits are the document's
    if (this.#lsid) out.copy(this.#lsid);
    out.copy(this.#common!);
    out.reserve(1);
    out.byte(0);
    out.sizeAt(start);
  }
}
