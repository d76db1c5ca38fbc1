import { type Document, type MongoClient, ObjectId } from 'mongodb';
import { type Case, sameAsTheDriver, type Subject } from '../support/parity';

/** Keeps an `_id` in a form of its own. */
class Keyed {
  #key: string | undefined;

  constructor(readonly name: string) {}

  get _id(): string | undefined {
    return this.#key;
  }

  set _id(id: unknown) {
    this.#key = `key of ${id instanceof ObjectId ? 'an ObjectId' : typeof id}`;
  }
}

/** Says of the `_id` that is given, in the result and to the document, what is the same each time. */
async function inserted({ users, call }: Subject, document: Document, options?: Document): Promise<unknown> {
  const { insertedId } = (await call(users, 'insertOne', document, options)) as { insertedId: unknown };
  const { _id } = document;
  const said = insertedId instanceof ObjectId ? 'an ObjectId' : insertedId;
  const keys = Object.keys(document);
  const stored = (await users.find({ name: 'new' }, { projection: { _id: 0 } }).toArray()) as unknown[];
  await users.deleteMany({ name: 'new' });
  return { said, same: insertedId === _id, keys, stored };
}

/** With a client whose collections make ids in a way of their own. */
const numbering: Case = async subject => {
  const { client, db } = subject;
  let last = 100;
  const options = { pkFactory: { createPk: () => ++last } };
  const other = new (client.constructor as typeof MongoClient)((client as never as Document).s.url as string);
  try {
    const users = other.db(db.databaseName, options as never).collection<Document>('users');
    return [
      await inserted({ ...subject, users }, { name: 'new' }),
      await inserted({ ...subject, users }, new Keyed('new'))
    ];
  } finally {
    await other.close();
  }
};

const cases: Record<string, Case> = {
  'a document that has none': subject => inserted(subject, { name: 'new', more: { a: 1 } }),
  'a document that was spread': subject => inserted(subject, { ...{ name: 'new', more: [{ a: 1 }] } }),
  'many documents that were spread': async subject => {
    const results: unknown[] = [];
    for (let n = 0; n < 20; n++) results.push(await inserted(subject, { ...{ name: 'new', n } }));
    return results;
  },
  'a document of no class': subject =>
    inserted(subject, Object.assign(Object.create(null) as object, { name: 'new' })),
  'a document of another class': subject => inserted(subject, Object.assign(new Date(0), { name: 'new' })),
  'a document whose _id is null': subject => inserted(subject, { name: 'new', _id: null, last: 1 }),
  'a document whose _id is undefined': subject => inserted(subject, { name: 'new', _id: undefined, last: 1 }),
  'a document whose _id is 0': subject => inserted(subject, { name: 'new', _id: 0 }),
  'a document that inherits an _id': subject =>
    inserted(subject, Object.assign(Object.create({ _id: 7 }) as object, { name: 'new' })),
  'a document that makes something else of it': subject => inserted(subject, new Keyed('new')),
  'a document that knows what it is made of it': subject =>
    inserted(subject, {
      name: 'new',
      get key(): string {
        return typeof (this as Document)._id;
      }
    }),
  'a document that keeps it for itself': subject => {
    let key: unknown;
    const accessors = { get: () => key, set: () => (key = 5), enumerable: true };
    return inserted(subject, Object.defineProperty({ name: 'new' }, '_id', accessors));
  },
  'a document that is frozen': subject => inserted(subject, Object.freeze({ name: 'new' })),
  'no document': subject => inserted(subject, null as never),
  'a text': subject => inserted(subject, 'new' as never),
  'an array': subject => inserted(subject, [1]),
  'the server’s to give': subject => inserted(subject, { name: 'new' }, { forceServerObjectId: true }),
  'the server’s to give to no document': subject =>
    inserted(subject, null as never, { forceServerObjectId: true }),
  'of the user’s making': numbering
};

describe('the _id of a document that is inserted', () => sameAsTheDriver('motor_insert_ids', [], cases));
