// Documents as the bytes that they came as: enough of a store for DriverBench, at hardly any cost.
import { Memory } from './memory.js';
import { documentsOf, elementsOf, type Element } from './message.js';
import { batchOfBytes } from './replies.js';

/** How many documents a first batch has, and how many bytes a batch has at most, as servers have it. */
const firstBatchSize = 101;
const mostBytes = 16_777_216;

interface Cursor {
  readonly found: readonly Buffer[];
  readonly from: number;
}

/** The documents of a collection, in the order of their insertion, and the replies that were made of them. */
export class KeptCollection {
  readonly #namespace: string;
  readonly #memory = new Memory();
  readonly #documents: Buffer[] = [];
  /** By a field's name, the documents that have a value, by its type and bytes. Made when the field is asked for. */
  readonly #indexes = new Map<string, Map<string, Buffer[]>>();
  readonly #orders = new Map<readonly Buffer[], readonly Buffer[]>();
  readonly #replies = new Map<readonly Buffer[], Map<string, Buffer>>();
  /** Each place that a cursor may stand at; its id is one more than its index. */
  #cursors: Cursor[] = [];

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /** Keeps what a command inserts, and gives how many documents that are. They end what is being read. */
  insert(message: Buffer, body: number): number {
    const documents = documentsOf(this.#memory.kept(message), body);
    for (const document of documents) this.#documents.push(document);
    this.#indexes.clear();
    this.#orders.clear();
    this.#replies.clear();
    this.#cursors = [];
    return documents.length;
  }

  /** Nothing here is read any more. */
  forget(): void {
    this.#memory.giveBack();
  }

  /**
   * The first batch of what a filter finds: one that is empty, or wants one field to have one value.
   *
   * @param inOrder - whether the documents are chunks of a file, and wanted in the order of their `n`
   */
  find(filter: Buffer, limit: number, inOrder: boolean): Buffer {
    const found = this.#matching(filter);
    return this.#batch({ found: inOrder ? this.#ordered(found) : found, from: 0 }, limit);
  }

  /** What follows on a place, if there is one with this id. */
  next(id: number): Buffer | undefined {
    const cursor = this.#cursors[id - 1];
    return cursor && this.#batch(cursor, 0);
  }

  #batch(cursor: Cursor, limit: number): Buffer {
    let replies = this.#replies.get(cursor.found);
    if (!replies) this.#replies.set(cursor.found, (replies = new Map<string, Buffer>()));
    const key = `${cursor.from}:${limit}`;
    let reply = replies.get(key);
    if (!reply) replies.set(key, (reply = this.#make(cursor, limit)));
    return reply;
  }

  #make({ found, from }: Cursor, limit: number): Buffer {
    const most = limit || (from === 0 ? firstBatchSize : Infinity);
    const to = endOfBatch(found, from, most);
    const isLast = limit > 0 || to === found.length;
    const id = isLast ? 0 : this.#cursors.push({ found, from: to });
    return batchOfBytes(found.slice(from, to), { id, isFirst: from === 0, namespace: this.#namespace });
  }

  #matching(filter: Buffer): readonly Buffer[] {
    const [wanted, another] = elementsOf(filter);
    if (!wanted) return this.#documents;
    if (another) throw new Error('a filter of two fields has no canned answer');
    return this.#index(wanted.name).get(valueOf(unwrapped(wanted))) ?? [];
  }

  #ordered(found: readonly Buffer[]): readonly Buffer[] {
    let ordered = this.#orders.get(found);
    if (!ordered) this.#orders.set(found, (ordered = [...found].sort((a, b) => placeOf(a) - placeOf(b))));
    return ordered;
  }

  #index(name: string): Map<string, Buffer[]> {
    let index = this.#indexes.get(name);
    if (!index) this.#indexes.set(name, (index = indexOf(this.#documents, name)));
    return index;
  }
}

function endOfBatch(found: readonly Buffer[], from: number, most: number): number {
  let [to, bytes] = [from, 0];
  while (to < found.length && to - from < most) {
    bytes += found[to]!.length;
    if (bytes > mostBytes && to > from) break;
    to++;
  }
  return to;
}

function indexOf(documents: readonly Buffer[], name: string): Map<string, Buffer[]> {
  const index = new Map<string, Buffer[]>();
  for (const document of documents) {
    const element = elementsOf(document).find(each => each.name === name);
    const value = element ? valueOf(element) : '';
    const same = index.get(value);
    if (same) same.push(document);
    else index.set(value, [document]);
  }
  return index;
}

const placeOf = (chunk: Buffer): number =>
  elementsOf(chunk)
    .find(({ name }) => name === 'n')!
    .value.readInt32LE(0);

const valueOf = ({ type, value }: Element): string => `${type}:${value.toString('latin1')}`;

/** The value in `{ $eq: value }`. */
function unwrapped(element: Element): Element {
  const inner = element.type === 3 ? elementsOf(element.value)[0] : undefined;
  return inner?.name === '$eq' ? inner : element;
}
