import { expect } from 'chai';
import type { BulkOperationBase } from 'mongodb';
import * as driver from 'mongodb';
import { settle } from '../support/bounds';
import type { App } from '../support/installed';
import * as motor from '../support/motor';
import { type Case, sameAsTheDriver, type Subject } from '../support/parity';
import { sharedServer } from '../support/server';
import { type Copy, installCopies, load, type Name, valuesOf, VERSIONS } from './copies';

const ID = '65a000000000000000000001';
const NAMES = Object.keys(VERSIONS) as Name[];
const SEED = [{ _id: new driver.ObjectId(ID), n: 1 }];

const bucketOf = ({ client, db }: Subject): driver.GridFSBucket =>
  new (client instanceof motor.MongoClient ? motor : driver).GridFSBucket(db);

const upload = (subject: Subject, id: driver.ObjectId) =>
  new Promise((resolve, reject) => {
    const stream = bucketOf(subject).openUploadStreamWithId(id, 'a.txt');
    stream
      .on('error', reject)
      .on('finish', () => resolve(stream.length))
      .end('content');
  });

const bulkOf = (bulk: BulkOperationBase, id: driver.ObjectId) =>
  bulk
    .insert({ _id: 5, a: id })
    .find({ _id: id })
    .updateOne({ $set: { a: id } });

type WithCopy = (copy: Copy, id: driver.ObjectId, subject: Subject) => Promise<unknown>;

const OPERATIONS: Record<string, WithCopy> = {
  'an _id of insertOne': (_, _id, { users, call }) => call(users, 'insertOne', { _id, a: 2 }),
  '_ids of insertMany': (_, _id, { users, call }) => call(users, 'insertMany', [{ _id: 9 }, { _id }]),
  'a filter of findOne': (_, _id, { users, call }) => call(users, 'findOne', { _id }),
  'an id instead of a filter': (_, id, { users, call }) => call(users, 'findOne', id),
  'a filter of find': (_, _id, { users, call }) => call(users.find({ _id: { $in: [_id] } }), 'toArray'),
  'a filter of updateOne': (_, _id, { users, call }) => call(users, 'updateOne', { _id }, { $inc: { n: 1 } }),
  'an update': (_, a, { users, call }) => call(users, 'updateMany', {}, { $set: { a, list: [a] } }),
  'a replacement': (_, a, { users, call }) => call(users, 'replaceOne', { n: 1 }, { deep: { a } }),
  'a filter of deleteOne': (_, _id, { users, call }) => call(users, 'deleteOne', { _id }),
  findOneAndUpdate: (_, _id, { users, call }) =>
    call(users, 'findOneAndUpdate', { _id }, { $set: { a: _id } }),
  'an aggregation': (_, _id, { users, call }) => call(users.aggregate([{ $match: { _id } }]), 'toArray'),
  'a filter of distinct': (_, _id, { users, call }) => call(users, 'distinct', 'n', { _id }),
  'a filter of countDocuments': (_, _id, { users, call }) => call(users, 'countDocuments', { _id }),
  bulkWrite: (_, _id, { users, call }) =>
    call(users, 'bulkWrite', [
      { deleteOne: { filter: { _id } } },
      { insertOne: { document: { _id: 1, a: _id } } }
    ]),
  'an ordered bulk operation': async (_, id, { users, call }) =>
    call(bulkOf(users.initializeOrderedBulkOp(), id), 'execute'),
  'an unordered bulk operation': async (_, id, { users, call }) =>
    call(bulkOf(users.initializeUnorderedBulkOp(), id), 'execute'),
  'a command': (_, _id, { db, call }) => call(db, 'command', { count: 'users', query: { _id } }),
  'a limit that is a number of theirs': ({ Int32 }, _, { users, call }) =>
    call(users, 'findOne', { n: { $gte: new Int32(0) } }),
  'an id of a GridFS file': (_, id, subject) => upload(subject, id),
  'the deletion of a GridFS file': async (_, id, subject) => {
    await upload(subject, new driver.ObjectId(ID));
    return subject.call(bucketOf(subject), 'delete', id);
  }
};

describe('values of another copy of bson in the process', () => {
  let app: App;
  const copies: Partial<Record<Name, Copy>> = {};
  before(async function () {
    app = await installCopies(this);
    for (const name of NAMES) copies[name] = load(app, name);
  });
  after(() => app?.remove());

  const cases: Record<string, Case> = {};
  for (const name of NAMES) {
    for (const type of Object.keys(valuesOf(driver))) {
      cases[`a ${type} of ${name} in insertOne`] = ({ users, call }) =>
        call(users, 'insertOne', { _id: 7, value: valuesOf(copies[name]!)[type] });
    }
    for (const [operation, run] of Object.entries(OPERATIONS)) {
      const id = () => new copies[name]!.ObjectId(ID) as driver.ObjectId;
      cases[`an ObjectId of ${name} in ${operation}`] = subject => run(copies[name]!, id(), subject);
    }
  }
  sameAsTheDriver(`copies_${process.pid}`, SEED, cases);

  for (const name of NAMES) {
    const accepted = name === 'bson7';
    it(`${accepted ? 'are accepted' : 'are refused, with the version that would do'}: ${name}`, async () => {
      const client = new motor.MongoClient((await sharedServer()).uri);
      const users = client.db(`copies_${process.pid}`).collection('refused');
      const values = Object.entries(valuesOf(copies[name]!));
      try {
        for (const [type, value] of values) {
          const { error } = await settle(users.insertOne({ value }));
          expect(error?.name, type).to.equal(accepted ? undefined : 'BSONVersionError');
          if (!accepted) expect(error?.message).to.include('must be from bson 7');
        }
        expect(await users.countDocuments()).to.equal(accepted ? values.length : 0);
      } finally {
        await users.drop();
        await client.close();
      }
    });
  }
});
