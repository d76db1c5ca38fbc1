// Which prepared reply answers a command.
import { heldCollection } from '../../documents.js';
import { holdingOf, type Holding } from './collections.js';
import { bodyOf, commandOf, documentsIn, fieldsOf, type Fields } from './message.js';
import * as replies from './replies.js';

const firstBatchSize = 101;

/** The answers of one server. It keeps how many documents were inserted, and the replies it has prepared. */
export class Answers {
  readonly #inserted = new Map<string, number>();
  readonly #holdings = new Map<string, Holding>();
  readonly #batches = new Map<string, Buffer>();
  readonly #address: string;
  #held: (() => void)[] | undefined;

  constructor(address: string) {
    this.#address = address;
  }

  /** The reply to an OP_MSG. */
  to(message: Buffer): Buffer {
    const body = bodyOf(message);
    const { name, target } = commandOf(message, body);
    if (name === 'find') return this.#find(message, body, target);
    if (name === 'insert') return this.#insert(target, documentsIn(message, body));
    if (name === 'update') return replies.updated;
    if (name === 'getMore') return this.#getMore(fieldsOf(message, body));
    return this.#rest(name, target);
  }

  /** The reply to an OP_QUERY, which only a handshake sends. */
  toHandshake(): Buffer {
    return replies.opReply(replies.hello(this.#address));
  }

  /** Keeps the answer to a find in the collection that is held, from the command `hold` to the command `release`. */
  holds(message: Buffer, answer: (message: Buffer) => void): boolean {
    const held = this.#held;
    if (!held) return false;
    const { name, target } = commandOf(message, bodyOf(message));
    if (name !== 'find' || target !== heldCollection) return false;
    const kept = Buffer.from(message);
    return held.push(() => answer(kept)) > 0;
  }

  #rest(name: string, target: string): Buffer {
    if (name === 'count') return replies.opMsg({ n: this.#inserted.get(target) ?? 0 });
    if (name === 'killCursors') return replies.killedCursors;
    if (name === 'hold' || name === 'release') this.#hold(name === 'hold');
    if (/^(ping|endSessions|hold|release)$/.test(name)) return replies.done;
    if (/^(hello|ismaster)$/i.test(name)) return replies.opMsg(replies.hello(this.#address));
    return replies.unknown(name);
  }

  #hold(hold: boolean): void {
    const held = this.#held;
    this.#held = hold ? [] : undefined;
    held?.forEach(answer => answer());
  }

  #insert(collection: string, count: number): Buffer {
    this.#inserted.set(collection, (this.#inserted.get(collection) ?? 0) + count);
    return replies.inserted(count);
  }

  #find(message: Buffer, body: number, collection: string): Buffer {
    const { size } = this.#holding(collection);
    if (size <= 1) return this.#batch({ collection, from: 0, to: size, closed: true });
    const fields = fieldsOf(message, body);
    const limit = Math.abs(numberOf(fields, 'limit') || size);
    const to = Math.min(numberOf(fields, 'batchSize') ?? firstBatchSize, limit, size);
    return this.#batch({ collection, from: 0, to, closed: fields['singleBatch'] === true || to === limit });
  }

  #getMore(fields: Fields): Buffer {
    const collection = String(fields['collection']);
    const { size } = this.#holding(collection);
    const from = numberOf(fields, 'getMore') ?? size;
    const to = Math.min(from + (numberOf(fields, 'batchSize') || size), size);
    return this.#batch({ collection, from, to, closed: false });
  }

  #batch(batch: replies.Batch): Buffer {
    const key = `${batch.collection}:${batch.from}:${batch.to}:${batch.closed}`;
    let reply = this.#batches.get(key);
    if (!reply) this.#batches.set(key, (reply = replies.batch(batch, this.#holding(batch.collection))));
    return reply;
  }

  #holding(collection: string): Holding {
    let holding = this.#holdings.get(collection);
    if (!holding) this.#holdings.set(collection, (holding = holdingOf(collection)));
    return holding;
  }
}

const numberOf = (fields: Fields, name: string): number | undefined =>
  typeof fields[name] === 'number' ? fields[name] : undefined;
