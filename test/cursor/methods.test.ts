import type { FindCursor } from 'mongodb';
import { sameAsTheDriver, type Case } from '../support/parity';
import { reads, type Make } from './reads';

const SEED = Array.from({ length: 10 }, (_, i) => ({ _id: i, half: Math.floor(i / 2) }));

const inThrees: Make = ({ users }) => users.find({}, { batchSize: 3 }).sort({ _id: 1 });
const aggregated: Make = ({ users }) => users.aggregate([{ $sort: { _id: 1 } }], { batchSize: 3 });

/** What the server would do, of both kinds of queries. */
const explained: Record<string, (make: Make) => Case> = {
  'explain in all its forms': make => async subject => {
    const seen: unknown[] = [];
    const timeout = { timeoutMS: 5000 };
    for (const args of [
      [],
      [undefined],
      ['queryPlanner'],
      [{ verbosity: 'queryPlanner' }],
      [timeout],
      [true, timeout]
    ]) {
      seen.push(Object.keys((await subject.call(make(subject), 'explain', ...args)) as object).sort());
    }
    return seen;
  },
  'explain, and what it leaves of the cursor': make => async subject => {
    const cursor = make(subject);
    await subject.call(cursor, 'next');
    await subject.call(cursor, 'explain');
    return [await subject.call(cursor, 'toArray'), cursor.closed];
  },
  'explain in a verbosity that is none': make => subject => subject.call(make(subject), 'explain', 'nope'),
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
  'count of a cursor with options': async ({ users, call }) => [
    await call(users.find({}, { limit: 4 }), 'count'),
    await call(users.find({}).limit(4), 'count', { limit: 2 }),
    await call(users.find(), 'count', { skip: 7 })
  ],
  'count of a cursor with a boolean': ({ users, call }) => call(users.find(), 'count', true),
  'count of a bad filter': ({ users, call }) => call(users.find({ $nope: 1 }), 'count'),
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
    const cases = Object.entries({ ...reads, ...explained }).map(
      ([name, read]) => [`${name} (${kind})`, read(make)] as const
    );
    sameAsTheDriver('motor_cursors', SEED, Object.fromEntries(cases));
  }
  sameAsTheDriver('motor_cursors', SEED, found);
});
