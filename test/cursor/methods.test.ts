import type { AbstractCursor, Document, FindCursor } from 'mongodb';
import { sameAsTheDriver, type Case, type Subject } from '../support/parity';
import { settle } from '../support/bounds';

const SEED = Array.from({ length: 10 }, (_, i) => ({ _id: i, half: Math.floor(i / 2) }));

type Make = (subject: Subject) => AbstractCursor<unknown>;

const inThrees: Make = ({ users }) => users.find({}, { batchSize: 3 }).sort({ _id: 1 });
const aggregated: Make = ({ users }) => users.aggregate([{ $sort: { _id: 1 } }], { batchSize: 3 });

/** What a case sees of a cursor's state. */
const stateOf = (cursor: AbstractCursor<unknown>): unknown[] => [
  cursor.closed,
  cursor.killed,
  cursor.id?.toString() === '0',
  cursor.bufferedCount()
];

/** The same reads of both kinds of cursors. */
const reads: Record<string, (make: Make) => Case> = {
  'next to the end and beyond': make => async subject => {
    const cursor = make(subject);
    const seen: unknown[] = [];
    for (let i = 0; i < 12; i++) {
      const { value, error } = await settle(subject.call(cursor, 'next'));
      seen.push(value, error, cursor.closed);
    }
    return seen;
  },
  'tryNext to the end and beyond': make => async subject => {
    const cursor = make(subject);
    const seen: unknown[] = [];
    for (let i = 0; i < 12; i++) {
      const { value, error } = await settle(subject.call(cursor, 'tryNext'));
      seen.push(value, error);
    }
    return seen;
  },
  'hasNext, again and again, and next': make => async subject => {
    const cursor = make(subject);
    const seen: unknown[] = [];
    for (let i = 0; i < 12; i++) {
      seen.push(await subject.call(cursor, 'hasNext'), await subject.call(cursor, 'hasNext'));
      if (seen.at(-1)) seen.push(await subject.call(cursor, 'next'));
    }
    return seen;
  },
  toArray: make => async subject => {
    const cursor = make(subject);
    return [await subject.call(cursor, 'toArray'), ...stateOf(cursor)];
  },
  'toArray after next, and after the end': make => async subject => {
    const cursor = make(subject);
    return [
      await subject.call(cursor, 'next'),
      await subject.call(cursor, 'toArray'),
      await subject.call(cursor, 'toArray'),
      ...stateOf(cursor)
    ];
  },
  forEach: make => async subject => {
    const seen: unknown[] = [];
    const cursor = make(subject);
    await subject.call(cursor, 'forEach', (document: unknown) => void seen.push(document));
    return [seen, ...stateOf(cursor)];
  },
  'forEach until false': make => async subject => {
    const seen: unknown[] = [];
    const cursor = make(subject);
    await subject.call(cursor, 'forEach', (document: unknown) => seen.push(document) < 5);
    return [seen, cursor.closed, cursor.killed];
  },
  'forEach with an iterator that throws': make => async subject => {
    const cursor = make(subject);
    const error = await settle(
      subject.call(cursor, 'forEach', () => {
        throw new RangeError('out of it');
      })
    );
    return [error, cursor.closed, cursor.killed];
  },
  'close before the start': make => async subject => {
    const cursor = make(subject);
    const closed = await subject.call(cursor, 'close');
    return [closed, ...stateOf(cursor), await settle(subject.call(cursor, 'toArray'))];
  },
  'close in the middle, twice': make => async subject => {
    const cursor = make(subject);
    await subject.call(cursor, 'next');
    await subject.call(cursor, 'close');
    await subject.call(cursor, 'close');
    return [...stateOf(cursor), await settle(subject.call(cursor, 'next'))];
  },
  'rewind in the middle and at the end': make => async subject => {
    const cursor = make(subject);
    const first = await subject.call(cursor, 'next');
    cursor.rewind();
    const all = await subject.call(cursor, 'toArray');
    cursor.rewind();
    return [first, all, await subject.call(cursor, 'toArray')];
  },
  'a clone, which starts anew': make => async subject => {
    const cursor = make(subject);
    await subject.call(cursor, 'next');
    return [await subject.call(cursor.clone(), 'toArray'), await subject.call(cursor, 'toArray')];
  },
  map: make => async subject => {
    const cursor = make(subject).map(document => ({ mapped: document }));
    return [await subject.call(cursor, 'next'), await subject.call(cursor, 'toArray')];
  },
  'map with a function that throws': make => async subject => {
    const cursor = make(subject).map((document: unknown) => {
      if ((document as Document)._id === 4) throw new RangeError('out of it');
      return document;
    });
    return [await settle(subject.call(cursor, 'toArray')), cursor.closed, cursor.killed];
  },
  'map to null': make => async subject => {
    const cursor = make(subject).map(() => null);
    return [await settle(subject.call(cursor, 'next')), cursor.closed];
  },
  'map with forEach, and map of map': make => async subject => {
    const seen: unknown[] = [];
    const ids = make(subject).map(document => (document as Document)._id as number);
    await subject.call(
      ids.map(id => -id),
      'forEach',
      (id: unknown) => void seen.push(id)
    );
    return seen;
  },
  'readBufferedDocuments after next': make => async subject => {
    const cursor = make(subject);
    await subject.call(cursor, 'next');
    return [cursor.bufferedCount(), cursor.readBufferedDocuments(1), cursor.readBufferedDocuments()];
  },
  'explain, the fields of it': make => async subject =>
    Object.keys((await subject.call(make(subject), 'explain')) as object).sort()
};

/** Reads of queries that only `find` has. */
const found: Record<string, Case> = {
  'a limit across batches': ({ users, call }) => call(users.find({}, { limit: 5, batchSize: 2 }), 'toArray'),
  'a limit of one batch': ({ users, call }) => call(users.find({}, { limit: 4, batchSize: 4 }), 'toArray'),
  'a limit below the batch size': ({ users, call }) =>
    call(users.find({}, { limit: 2, batchSize: 9 }), 'toArray'),
  'a negative limit': ({ users, call }) => call(users.find({}).limit(-3), 'toArray'),
  'a limit of zero': ({ users, call }) => call(users.find({}).limit(0), 'toArray'),
  'a batch size of zero': ({ users, call }) => call(users.find({}).batchSize(0), 'toArray'),
  'a single batch': ({ users, call }) => call(users.find({}, { singleBatch: true, batchSize: 3 }), 'toArray'),
  'skip, sort, project, filter': ({ users, call }) =>
    call(users.find().filter({ half: 2 }).skip(1).sort({ _id: -1 }).project({ _id: 1 }), 'toArray'),
  'nothing at all': ({ users, call }) => call(users.find({ half: 99 }), 'toArray'),
  'a collection that is not there': ({ db, call }) => call(db.collection('nobody').find(), 'toArray'),
  'a bad filter': ({ users, call }) => call(users.find({ $nope: 1 }), 'next'),
  'a bad filter and hasNext': ({ users, call }) => call(users.find({ $nope: 1 }), 'hasNext'),
  'a bad filter and forEach': ({ users, call }) => call(users.find({ $nope: 1 }), 'forEach', () => {}),
  'forEach without an iterator': ({ users, call }) => call(users.find(), 'forEach', undefined),
  'a cursor changed after its start': async ({ users, call }) => {
    const cursor = users.find();
    await call(cursor, 'next');
    cursor.limit(2);
  },
  'count of a cursor': ({ users, call }) => call(users.find({ half: 2 }), 'count'),
  'raw documents': ({ users, call }) => call(users.find({ half: 1 }, { raw: true }), 'toArray'),
  'explain of one verbosity': async ({ users, call }) =>
    Object.keys((await call(users.find() as FindCursor, 'explain', 'queryPlanner')) as object).sort(),
  'an aggregation that fails': ({ users, call }) => call(users.aggregate([{ $nope: 1 }]), 'toArray'),
  'an aggregation that writes': async ({ db, users, call }) => [
    await call(users.aggregate([{ $match: { half: 1 } }, { $out: 'halves' }]), 'toArray'),
    await call(db.collection('halves').find(), 'toArray')
  ]
};

describe('a cursor', () => {
  for (const [kind, make] of Object.entries({ find: inThrees, aggregate: aggregated })) {
    const cases = Object.entries(reads).map(([name, read]) => [`${name} (${kind})`, read(make)] as const);
    sameAsTheDriver('motor_cursors', SEED, Object.fromEntries(cases));
  }
  sameAsTheDriver('motor_cursors', SEED, found);
});
