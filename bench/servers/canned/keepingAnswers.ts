// The answers of a server that keeps what is inserted: DriverBench finds what it has put in. Other writes are answered as
// if each had met one document.
import { Answers } from './answers.js';
import { KeptCollection } from './kept.js';
import { bodyOf, commandOf, documentsOf, elementsOf, type Element } from './message.js';
import * as replies from './replies.js';

const emptyDocument = Buffer.from([5, 0, 0, 0, 0]);

interface Command {
  readonly message: Buffer;
  readonly body: number;
  readonly target: string;
  readonly fields: Map<string, Element>;
}

export class KeepingAnswers extends Answers {
  readonly #collections = new Map<string, KeptCollection>();
  readonly #prepared = new Map<string, Buffer>();

  override to(message: Buffer): Buffer {
    const body = bodyOf(message);
    const { name, target } = commandOf(message, body);
    const fields = new Map(elementsOf(message.subarray(body)).map(element => [element.name, element]));
    const answer = answers[name];
    if (answer) return answer(this, { message, body, target, fields });
    // others are the same each time, and made once
    let reply = this.#prepared.get(name);
    if (!reply) this.#prepared.set(name, (reply = super.to(message)));
    return reply;
  }

  collection(namespace: string): KeptCollection {
    let collection = this.#collections.get(namespace);
    if (!collection) this.#collections.set(namespace, (collection = new KeptCollection(namespace)));
    return collection;
  }

  /** Forgets a collection, or all whose names begin so. */
  forget(namespace: string): void {
    for (const name of this.#collections.keys())
      if (name === namespace || (namespace.endsWith('.') && name.startsWith(namespace))) {
        this.#collections.get(name)!.forget();
        this.#collections.delete(name);
      }
  }
}

type Answer = (server: KeepingAnswers, command: Command) => Buffer;

const done: Answer = () => replies.done;

const written: Answer = (_, { message, body }) => replies.written(documentsOf(message, body).length);

const answers: Record<string, Answer> = {
  insert(server, command) {
    return replies.inserted(server.collection(namespaceOf(command)).insert(command.message, command.body));
  },
  find(server, command) {
    const { fields } = command;
    const filter = fields.get('filter')?.value ?? emptyDocument;
    const [order] = elementsOf(fields.get('sort')?.value ?? emptyDocument);
    const collection = server.collection(namespaceOf(command));
    return collection.find(filter, lowerHalf(fields.get('limit')), order?.name === 'n');
  },
  getMore(server, command) {
    const name = textOf(command.fields.get('collection'));
    const collection = server.collection(namespaceOf({ ...command, target: name }));
    return collection.next(lowerHalf(command.fields.get('getMore'))) ?? replies.unknown('getMore');
  },
  update: written,
  delete: written,
  bulkWrite: (_, { message, body }) => replies.bulkWritten(documentsOf(message, body)),
  drop(server, command) {
    server.forget(namespaceOf(command));
    return replies.done;
  },
  dropDatabase(server, command) {
    server.forget(namespaceOf({ ...command, target: '' }));
    return replies.done;
  },
  create: done,
  createIndexes: done,
  listIndexes: (_, command) =>
    replies.batchOfBytes([], { id: 0, isFirst: true, namespace: namespaceOf(command) })
};

const textOf = (element: Element | undefined): string =>
  element ? element.value.toString('latin1', 4, element.value.length - 1) : '';

const lowerHalf = (element: Element | undefined): number =>
  element?.type === 1 ? element.value.readDoubleLE(0) : (element?.value.readInt32LE(0) ?? 0);

const namespaceOf = ({ fields, target }: Command): string => `${textOf(fields.get('$db'))}.${target}`;
