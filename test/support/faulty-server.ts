import type { Document } from 'mongodb';
import type { Handler, Simulator } from './simulator';

const DOCUMENTS_A_BATCH = 2;

/** Keeps what is written, knows a write that comes again, and fails every so often, before it has done something or after. */
export class FaultyServer {
  /** How often each document was inserted. */
  readonly written = new Map<number, number>();
  readonly #done = new Map<string, Document>();
  readonly #cursors = new Map<bigint, number[]>();
  #lastCursor = 0n;

  /** @param rate - the part of commands that fail */
  constructor(
    simulator: Simulator,
    private readonly random: () => number,
    private rate: number
  ) {
    simulator.on('find', this.#faulty(this.#find));
    simulator.on('getMore', this.#faulty(this.#getMore));
    simulator.on(
      'insert',
      this.#faulty(this.#once(({ documents }) => this.#insert(documents as Document[])))
    );
    simulator.on('bulkWrite', this.#faulty(this.#once(this.#bulkWrite)));
  }

  recover(): void {
    this.rate = 0;
  }

  #faulty(handler: Handler): Handler {
    return (command, reply, connection) => {
      const fault = Math.floor((7 * this.random()) / this.rate);
      if (fault === 0) return connection.reset();
      const document = handler(command, reply, connection) as Document;
      if (fault === 1) return connection.reset();
      if (fault === 2) return undefined; // no answer ever
      if (fault === 3) return reply.fail(11600, 'InterruptedAtShutdown');
      if (fault === 4) return reply.fail(10107, 'NotWritablePrimary');
      if (fault === 5) return reply.send(document, { responseTo: 1_000_000_000 });
      if (fault !== 6) return document;
      const bytes = reply.frame(document);
      connection.write(bytes.subarray(0, Math.floor(bytes.length * this.random())));
      return connection.reset();
    };
  }

  #once(handler: Handler): Handler {
    return (command, reply, connection) => {
      const key = `${command.lsid?.id} ${command.txnNumber}`;
      const known = command.txnNumber === undefined ? undefined : this.#done.get(key);
      const answer = known ?? (handler(command, reply, connection) as Document);
      this.#done.set(key, answer);
      return answer;
    };
  }

  readonly #find: Handler = ({ filter }, reply) => {
    const { of, count } = filter as { of: number; count: number };
    return reply.cursor(...this.#batch(Array.from({ length: count }, () => of)));
  };

  readonly #getMore: Handler = ({ getMore }, reply) => {
    const [documents, { id }] = this.#batch(this.#cursors.get(BigInt(String(getMore))) ?? []);
    return reply.cursor(documents, { id, batch: 'nextBatch' });
  };

  #batch(left: number[]): [Document[], { id: bigint }] {
    const documents = left.splice(0, DOCUMENTS_A_BATCH).map(of => ({ of }));
    if (left.length === 0) return [documents, { id: 0n }];
    this.#cursors.set(++this.#lastCursor, left);
    return [documents, { id: this.#lastCursor }];
  }

  readonly #bulkWrite: Handler = ({ ops }, reply) => {
    const { n: nInserted } = this.#insert((ops as Document[]).map(({ document }) => document as Document));
    const none = { nErrors: 0, nUpserted: 0, nMatched: 0, nModified: 0, nDeleted: 0 };
    return { ...reply.cursor([]), ...none, nInserted };
  };

  #insert(documents: Document[]): { n: number } {
    for (const { _id } of documents) this.written.set(_id as number, this.times(_id as number) + 1);
    return { n: documents.length };
  }

  times(id: number): number {
    return this.written.get(id) ?? 0;
  }
}
