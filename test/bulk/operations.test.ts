import type { BulkOperationBase, BulkWriteOptions, Document } from 'mongodb';
import { sleep } from '../support/bounds';
import { sameAsTheDriver, type Case, type Subject } from '../support/parity';
import { told } from './outcome';

const SEED = [
  { _id: 1, name: 'Ada', age: 36, marks: [1, 5] },
  { _id: 2, name: 'Grace', age: 85, marks: [5] },
  { _id: 3, name: 'Edsger', age: 72 }
];

/** As JavaScript sees it: an `_id` may be anything. */
type Bulk = Omit<BulkOperationBase, 'raw'> & { raw(operation: Document): unknown };
type Fill = (bulk: Bulk) => unknown;

/** What is collected; the same is done with an ordered and with an unordered operation. */
const fills: Record<string, Fill> = {
  'every kind of write': bulk => {
    bulk.insert({ _id: 4, name: 'Alan' });
    bulk.find({ _id: 1 }).updateOne({ $inc: { age: 1 } });
    bulk.find({ age: { $gt: 0 } }).update({ $set: { seen: true } });
    bulk.find({ _id: 2 }).replaceOne({ name: 'Hopper' });
    bulk.find({ _id: 3 }).deleteOne();
    bulk.find({ name: 'Alan' }).delete();
  },
  'every modifier': bulk => {
    bulk
      .find({ _id: 9 })
      .upsert()
      .updateOne({ $set: { age: 9 } });
    bulk.find({ _id: 8 }).upsert().replaceOne({ age: 8 });
    bulk
      .find({ _id: 1 })
      .arrayFilters([{ m: { $gt: 3 } }])
      .updateOne({ $set: { 'marks.$[m]': 0 } });
    bulk
      .find({ name: 'ada' })
      .collation({ locale: 'en', strength: 2 })
      .update({ $set: { found: true } });
    bulk
      .find({ _id: 2 })
      .hint({ _id: 1 })
      .updateOne({ $set: { hinted: true } });
    bulk.find({ _id: 3 }).updateOne([{ $set: { double: { $add: ['$age', '$age'] } } }]);
  },
  'every raw operation': bulk => {
    bulk.raw({ insertOne: { document: { _id: 4 } } });
    bulk.raw({ updateOne: { filter: { _id: 1 }, update: { $set: { a: 1 } }, upsert: true } });
    bulk.raw({ updateMany: { filter: {}, update: { $inc: { age: 1 } } } });
    bulk.raw({ replaceOne: { filter: { _id: 2 }, replacement: { a: 2 }, sort: { _id: 1 } } });
    bulk.raw({ deleteOne: { filter: { _id: 3 } } });
    bulk.raw({ deleteMany: { filter: { _id: 4 } } });
  },
  'kinds that alternate': bulk => {
    for (let _id = 10; _id < 14; _id++) bulk.insert({ _id }).find({ _id }).deleteOne().insert({ _id });
  },
  'errors among the first': bulk => {
    bulk.insert({ _id: 4 }).insert({ _id: 1 }).insert({ _id: 5 }).insert({ _id: 2 });
  },
  'errors in several batches': bulk => {
    bulk.insert({ _id: 4 }).insert({ _id: 1, name: 'again' });
    bulk.find({ _id: 1 }).updateOne({ $inc: { name: 1 } });
    bulk.find({ _id: 2 }).updateOne({ $set: { age: 1 } });
    bulk.find({ _id: 3 }).deleteOne();
    bulk.insert({ _id: 2 });
  },
  'an operator that is unknown': bulk => {
    bulk.insert({ _id: 4 });
    bulk.find({ $nope: 1 }).deleteOne();
    bulk.find({ _id: 1 }).deleteOne();
  },
  nothing: () => undefined
};

const orders = ['Ordered', 'Unordered'] as const;
type Order = (typeof orders)[number];

function collected({ users }: Subject, order: Order, fill: Fill, options?: BulkWriteOptions) {
  const bulk = users[`initialize${order}BulkOp`](options);
  fill(bulk);
  return bulk;
}

/** The kinds, sizes and indexes of what was collected. */
function shape({ batches, length }: BulkOperationBase): unknown {
  return {
    length,
    batches: batches.map(({ batchType, operations, originalIndexes }) => ({
      batchType,
      originalIndexes,
      operations
    }))
  };
}

const insertsOne: Fill = bulk => void bulk.insert({ _id: 4, none: undefined });

const ways: Record<string, (order: Order) => Case> = {
  'shows its batches before and after': order => async subject => {
    const bulk = collected(subject, order, fills['every kind of write']!);
    const before = shape(bulk);
    await subject.call(bulk, 'execute');
    return [before, shape(bulk)];
  },
  'is not executed twice': order => async subject => {
    const bulk = collected(subject, order, insertsOne);
    await subject.call(bulk, 'execute');
    return told(subject.call(bulk, 'execute'));
  },
  'is not acknowledged when so asked': order => async subject => {
    const bulk = collected(subject, order, fills['errors among the first']!);
    const outcome = await told(subject.call(bulk, 'execute', { writeConcern: { w: 0 } }));
    const written = order === 'Ordered' ? 4 : 5;
    while ((await subject.users.countDocuments({})) < written) await sleep(5);
    return outcome;
  },
  'takes options when it is made': order => subject =>
    told(subject.call(collected(subject, order, insertsOne, { ignoreUndefined: true }), 'execute')),
  'takes options when it is executed, which the encoding depends on': order => subject =>
    told(
      subject.call(collected(subject, order, insertsOne), 'execute', { ignoreUndefined: true, comment: 'c' })
    ),
  'refuses keys that start with a dollar when so asked': order => async subject => {
    const bulk = collected(subject, order, bulk => bulk.insert({ _id: 4, $a: 1 }));
    return told(subject.call(bulk, 'execute', { checkKeys: true }));
  },
  'takes part in a transaction, and in its end': order => async subject => {
    const session = subject.client.startSession();
    session.startTransaction();
    const bulk = collected(subject, order, fills['every kind of write']!);
    const outcome = await told(subject.call(bulk, 'execute', { session }));
    await session.abortTransaction();
    await session.endSession();
    return outcome;
  },
  'refuses a session that has ended': order => async subject => {
    const session = subject.client.startSession();
    await session.endSession();
    return told(subject.call(collected(subject, order, insertsOne), 'execute', { session }));
  },
  'refuses acknowledgement without, and a session': order => async subject => {
    const session = subject.client.startSession();
    const bulk = collected(subject, order, insertsOne);
    const outcome = await told(subject.call(bulk, 'execute', { session, writeConcern: { w: 0 } }));
    await session.endSession();
    return outcome;
  }
};

const cases: Record<string, Case> = {};
for (const order of orders) {
  const name = order.toLowerCase();
  for (const [what, fill] of Object.entries(fills)) {
    cases[`${name}: ${what}`] = subject => told(subject.call(collected(subject, order, fill), 'execute'));
  }
  for (const [what, way] of Object.entries(ways)) cases[`${name}: it ${what}`] = way(order);
}

describe('a bulk operation', () => sameAsTheDriver('motor_bulk_operations', SEED, cases));
