// Which prepared reply answers a command.
import { collectionOf } from '../../documents.js';
import { bodyOf, commandOf, fieldsOf, type Fields } from './message.js';
import * as replies from './replies.js';

const firstBatchSize = 101;

/** The answers of one server. It keeps how many documents were inserted, and the replies it has prepared. */
export class Answers {
  readonly #inserted = new Map<string, number>();
  readonly #batches = new Map<string, Buffer>();
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  /** The reply to an OP_MSG. */
  to(message: Buffer): Buffer {
    const body = bodyOf(message);
    const { name, target } = commandOf(message, body);
    if (name === 'find') return this.#find(message, body, target);
    if (name === 'insert') return this.#insert(target);
    if (name === 'getMore') return this.#getMore(fieldsOf(message, body));
    return this.#rest(name, target);
  }

  /** The reply to an OP_QUERY, which only a handshake sends. */
  toHandshake(): Buffer {
    return replies.opReply(replies.hello(this.#address));
  }

  #rest(name: string, target: string): Buffer {
    if (name === 'count') return replies.opMsg({ n: this.#inserted.get(target) ?? 0 });
    if (name === 'killCursors') return replies.killedCursors;
    if (name === 'ping' || name === 'endSessions') return replies.done;
    if (/^(hello|ismaster)$/i.test(name)) return replies.opMsg(replies.hello(this.#address));
    return replies.unknown(name);
  }

  #insert(collection: string): Buffer {
    this.#inserted.set(collection, (this.#inserted.get(collection) ?? 0) + 1);
    return replies.inserted;
  }

  #find(message: Buffer, body: number, collection: string): Buffer {
    const size = sizeOf(collection);
    if (size <= 1) return this.#batch({ collection, size, from: 0, to: size, closed: true });
    const fields = fieldsOf(message, body);
    const limit = numberOf(fields, 'limit') || size;
    const to = Math.min(numberOf(fields, 'batchSize') ?? firstBatchSize, limit, size);
    return this.#batch({
      collection,
      size,
      from: 0,
      to,
      closed: fields['singleBatch'] === true || to === limit
    });
  }

  #getMore(fields: Fields): Buffer {
    const collection = String(fields['collection']);
    const size = sizeOf(collection);
    const from = numberOf(fields, 'getMore') ?? size;
    const to = Math.min(from + (numberOf(fields, 'batchSize') || size), size);
    return this.#batch({ collection, size, from, to, closed: false });
  }

  #batch(batch: replies.Batch): Buffer {
    const key = `${batch.size}:${batch.from}:${batch.to}:${batch.closed}`;
    let reply = this.#batches.get(key);
    if (!reply) this.#batches.set(key, (reply = replies.batch(batch)));
    return reply;
  }
}

const numberOf = (fields: Fields, name: string): number | undefined =>
  typeof fields[name] === 'number' ? fields[name] : undefined;

/** The number of documents that a collection's name promises; a name that promises none is an empty collection. */
function sizeOf(collection: string): number {
  const prefix = collectionOf('');
  return collection.startsWith(prefix) ? Number(collection.slice(prefix.length)) : 0;
}
