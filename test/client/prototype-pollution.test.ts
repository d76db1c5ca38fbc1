import { join } from 'node:path';
import { expect } from 'chai';
import type { Document } from 'mongodb';
import { messageOf } from '../support/child';
import { sameAsTheDriver } from '../support/parity';
import { sharedServer } from '../support/server';

const POLLUTED = join(__dirname, 'polluted.ts');

/** As a request's body has it: a property of its own with that name. */
const body = (text: string): Document => JSON.parse(text) as Document;

const DOCUMENT =
  '{ "_id": 1, "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } } }';
const OPTIONS = '{ "__proto__": { "polluted": 1 }, "comment": "mine" }';

describe('prototype pollution', () => {
  it('of the process changes nothing here that it does not change in the driver', async function () {
    this.timeout(120_000);
    const { uri } = await sharedServer();
    const { theirs, ours } = await messageOf<Record<'theirs' | 'ours', string[]>>(POLLUTED, [uri], 100_000);
    expect(theirs, 'the driver is not immune').to.include('explain in findOne');
    expect(ours.filter(change => !theirs.includes(change))).to.deep.equal([]);
  });

  describe('does not come of keys in documents and options', () => {
    afterEach(() => expect({}).not.to.have.property('polluted'));

    sameAsTheDriver(`keys_${process.pid}`, [{ _id: 0 }], {
      'a document': async ({ users, call }) => {
        await call(users, 'insertOne', body(DOCUMENT));
        const found = (await call(users, 'findOne', { _id: 1 })) as Document;
        return [found, Object.keys(found), Object.getPrototypeOf(found) === Object.prototype];
      },
      'documents of a bulk write': ({ users, call }) => call(users, 'insertMany', [body(DOCUMENT)]),
      'a replacement': ({ users, call }) =>
        call(users, 'replaceOne', { _id: 0 }, body(DOCUMENT.replace('1', '0'))),
      'an update': ({ users, call }) =>
        call(users, 'updateOne', {}, { $set: body('{ "__proto__": { "a": 1 } }') }),
      'a filter': ({ users, call }) => call(users, 'findOne', body('{ "__proto__": { "_id": 0 } }')),
      'a pipeline': ({ users, call }) =>
        call(users.aggregate([{ $addFields: body('{ "__proto__": { "a": 1 } }') }]), 'toArray'),
      'a command': ({ db, call }) =>
        call(db, 'command', body('{ "ping": 1, "__proto__": { "polluted": 1 } }')),
      'options of findOne': ({ users, call }) => call(users, 'findOne', {}, body(OPTIONS)),
      'options of find': ({ users, call }) => call(users.find({}, body(OPTIONS)), 'toArray'),
      'options of insertOne': ({ users, call }) => call(users, 'insertOne', { _id: 1 }, body(OPTIONS)),
      'options of bulkWrite': ({ users, call }) =>
        call(users, 'bulkWrite', [{ insertOne: { document: { _id: 1 } } }], body(OPTIONS)),
      'options of a collection': ({ db, call }) => call(db.collection('users', body(OPTIONS)), 'findOne', {})
    });
  });
});
