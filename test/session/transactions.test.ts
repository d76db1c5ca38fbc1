import type { ClientSession, Document } from 'mongodb';
import { MongoClient } from '../../lib';
import { settle } from '../support/bounds';
import { sameAsTheDriver, type Case } from '../support/parity';

const SEED = [
  { _id: 1, balance: 100 },
  { _id: 2, balance: 0 }
];

type Body = (session: ClientSession, ...subject: Parameters<Case>) => Promise<unknown>;

/** A session's whole life. */
const withSession =
  (body: Body): Case =>
  async subject => {
    const session = subject.client.startSession();
    try {
      return [await settle(body(session, subject)), session.inTransaction()];
    } finally {
      await session.endSession();
    }
  };

/** Moves money in a transaction, read back inside and outside of it. */
const move: Body = async (session, { users, call }) => {
  await call(users, 'updateOne', { _id: 1 }, { $inc: { balance: -10 } }, { session });
  await call(users, 'updateOne', { _id: 2 }, { $inc: { balance: 10 } }, { session });
  return [
    await call(users.find({}, { session }).sort({ _id: 1 }), 'toArray'),
    await call(users.find({}).sort({ _id: 1 }), 'toArray')
  ];
};

const cases: Record<string, Case> = {
  'commit keeps what was written': withSession(async (session, subject) => {
    session.startTransaction();
    const seen = await move(session, subject);
    await session.commitTransaction();
    return seen;
  }),
  'abort undoes what was written': withSession(async (session, subject) => {
    session.startTransaction();
    const seen = await move(session, subject);
    await session.abortTransaction();
    return seen;
  }),
  'commit twice, and of nothing': withSession(async session => {
    session.startTransaction();
    await session.commitTransaction();
    await session.commitTransaction();
  }),
  'commit without a transaction': withSession(session => session.commitTransaction()),
  'a session that ends undoes its transaction': withSession(async (session, subject) => {
    session.startTransaction();
    await move(session, subject);
  }),
  'withTransaction keeps what was written, and gives what its body gives': withSession((session, subject) =>
    session.withTransaction(async () => [await move(session, subject), 'given'])
  ),
  'withTransaction undoes all when its body fails': withSession((session, subject) =>
    session.withTransaction(async () => {
      await move(session, subject);
      throw new RangeError('out of it');
    })
  ),
  'an error of the server in a transaction ends it': withSession(async (session, { users, call }) => {
    session.startTransaction();
    await call(users, 'insertOne', { _id: 3 }, { session });
    const error = await settle(call(users, 'insertOne', { _id: 1 }, { session }));
    return [error, await settle(session.commitTransaction())];
  }),
  'every kind of write in a transaction': withSession(async (session, { users, call }) => {
    session.startTransaction();
    const results = [
      await call(users, 'insertMany', [{ _id: 3 }, { _id: 4 }], { session }),
      await call(users, 'bulkWrite', [{ deleteOne: { filter: { _id: 4 } } }], { session }),
      await call(users, 'findOneAndUpdate', { _id: 3 }, { $set: { a: 1 } }, { session }),
      await call(users, 'replaceOne', { _id: 2 }, { b: 1 }, { session }),
      await call(users, 'deleteMany', { _id: 1 }, { session }),
      await call(users, 'countDocuments', {}, { session }),
      await call(users, 'distinct', '_id', {}, { session }),
      await call(users.aggregate<Document>([{ $sort: { _id: 1 } }], { session }), 'toArray')
    ];
    await session.commitTransaction();
    return results;
  }),
  'a cursor of several batches in a transaction': withSession(async (session, { users, call }) => {
    session.startTransaction();
    const documents = Array.from({ length: 10 }, (_, i) => ({ _id: 10 + i }));
    await call(users, 'insertMany', documents, { session });
    const found = await call(users.find({}, { session, batchSize: 3 }).sort({ _id: 1 }), 'toArray');
    await session.commitTransaction();
    return found;
  }),
  'a read from a secondary in a transaction is refused': withSession(async (session, { users, call }) => {
    session.startTransaction();
    return call(users, 'findOne', {}, { session, readPreference: 'secondary' });
  }),
  'a write concern of an operation in a transaction': withSession(async (session, { users, call }) => {
    session.startTransaction();
    return call(users, 'insertOne', { _id: 3 }, { session, writeConcern: { w: 'majority' } });
  }),
  'a write that is not acknowledged, with a session': withSession((session, { users, call }) =>
    call(users, 'insertOne', { _id: 3 }, { session, writeConcern: { w: 0 } })
  ),
  'a session that has ended': async ({ client, users, call }) => {
    const session = client.startSession();
    await session.endSession();
    return [
      await settle(call(users, 'findOne', {}, { session })),
      await settle(call(users, 'insertOne', { _id: 3 }, { session })),
      await settle(call(users.find({}, { session }), 'toArray'))
    ];
  },
  'a session of another client': async ({ client, users, call }) => {
    const other = await new MongoClient(
      client.options.hosts.map(host => `mongodb://${host}`).join()
    ).connect();
    const session = other.startSession();
    const outcomes = [
      await settle(call(users, 'findOne', {}, { session })),
      await settle(call(users, 'insertOne', { _id: 3 }, { session })),
      await settle(call(users.find({}, { session }), 'toArray'))
    ];
    await other.close();
    return outcomes;
  },
  'a session with causal consistency reads its writes': async ({ client, users, call }) => {
    const session = client.startSession({ causalConsistency: true });
    await call(users, 'insertOne', { _id: 3 }, { session });
    const found = await call(users, 'findOne', { _id: 3 }, { session });
    const known = session.operationTime != null;
    await session.endSession();
    return [found, known];
  }
};

describe('a session and its transactions', () => sameAsTheDriver('motor_transactions', SEED, cases));
