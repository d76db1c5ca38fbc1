import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BSON, type Document } from 'mongodb';
import { decode, encode } from '../rivals/rawMessage.js';
import { largeOrders } from '../documents.js';
import { fileBytes } from '../file.js';
import { Answers } from '../servers/canned/answers.js';
import { KeepingAnswers } from '../servers/canned/keepingAnswers.js';
import { Arrival } from '../servers/canned/arrival.js';

const ask = (answers: Answers, command: Document) => decode(answers.to(encode({ ...command, $db: 'test' })));

/** All documents that a cursor gives, and the sizes of its batches. */
function drain(answers: Answers, find: Document, batchSize: object) {
  let { cursor } = ask(answers, find);
  const sizes = [cursor.firstBatch.length];
  const names = cursor.firstBatch.map(({ name }: Document) => name);
  while (cursor.id != 0) {
    ({ cursor } = ask(answers, {
      getMore: BSON.Long.fromBigInt(BigInt(cursor.id)),
      collection: find['find'],
      ...batchSize
    }));
    sizes.push(cursor.nextBatch.length);
    names.push(...cursor.nextBatch.map(({ name }: Document) => name));
  }
  return { sizes, distinct: new Set(names).size };
}

test('a cursor gives each document once, in batches of the sizes that are asked for', () => {
  const answers = new Answers('127.0.0.1:1');
  const find = { find: 'documents_1000', filter: {} };
  assert.deepEqual(drain(answers, find, {}), { sizes: [101, 899], distinct: 1000 });
  assert.deepEqual(drain(answers, { ...find, batchSize: 300 }, { batchSize: 400 }), {
    sizes: [300, 400, 300],
    distinct: 1000
  });
});

test('a limit ends the cursor', () => {
  const answers = new Answers('127.0.0.1:1');
  assert.deepEqual(drain(answers, { find: 'documents_1000', limit: 7 }, {}), { sizes: [7], distinct: 7 });
});

test('inserts are counted, each collection by itself', () => {
  const answers = new Answers('127.0.0.1:1');
  for (const insert of ['a', 'b', 'a']) assert.equal(ask(answers, { insert, documents: [{}] })['n'], 1);
  assert.deepEqual(
    ['a', 'b', 'c'].map(count => ask(answers, { count })['n']),
    [2, 1, 0]
  );
});

test('what a find finds is that of its collection, a chunk of a file too', () => {
  const answers = new Answers('127.0.0.1:1');
  const found = (find: string) => ask(answers, { find, filter: {} })['cursor'].firstBatch as Document[];
  assert.deepEqual(
    found('x.chunks').map(({ n }) => n),
    Array.from({ length: 16 }, (_, index) => index)
  );
  const bytes = Buffer.concat(found('x.chunks').map(({ data }) => data.buffer));
  assert.equal(found('x.files')[0]!['length'], bytes.length);
  assert(bytes.equals(fileBytes()));
  assert.equal(found('large')[0]!['orders'].length, largeOrders);
  assert.deepEqual(found('unknown'), []);
});

test('finds in the held collection are kept from hold to release', () => {
  const answers = new Answers('127.0.0.1:1');
  const find = (collection: string) => encode({ find: collection, filter: {}, $db: 'test' });
  const answered: string[] = [];
  const offer = (collection: string) =>
    answers.holds(find(collection), () => answered.push(collection)) ||
    answered.push(`${collection} at once`);
  offer('held');
  ask(answers, { hold: 1 });
  offer('held');
  offer('documents_1');
  assert.deepEqual(answered, ['held at once', 'documents_1 at once']);
  ask(answers, { release: 1 });
  offer('held');
  assert.deepEqual(answered.slice(2), ['held', 'held at once']);
});

test('a command without an answer is an error that names it', () => {
  const reply = ask(new Answers('127.0.0.1:1'), { mapReduce: 'x' });
  assert.equal(reply['ok'], 0);
  assert.match(reply['errmsg'], /mapReduce/);
});

test('each document of an insert counts, in an array or in a sequence before or after the body', () => {
  const documents = [{ a: 1 }, { a: 'two' }, { a: [3] }];
  const inArray = encode({ insert: 'a', documents, $db: 'test' });
  const body = encode({ insert: 'a', $db: 'test' });
  const bytes = Buffer.concat([Buffer.from('documents\0'), ...documents.map(each => BSON.serialize(each))]);
  const head = Buffer.from([1, 0, 0, 0, 0]);
  head.writeInt32LE(bytes.length + 4, 1);
  const sequence = Buffer.concat([head, bytes]);
  const before = Buffer.concat([body.subarray(0, 20), sequence, body.subarray(20)]);
  const after = Buffer.concat([body, sequence]);
  for (const message of [inArray, before, after]) {
    message.writeInt32LE(message.length, 0);
    assert.equal(decode(new Answers('127.0.0.1:1').to(message))['n'], 3);
  }
});

test('messages are found however the bytes are cut', () => {
  const messages = [encode({ ping: 1 }), encode({ insert: 'a' }), encode({ find: 'documents_1' })];
  const bytes = Buffer.concat(messages);
  for (let size = 1; size <= bytes.length; size++) {
    const found: Buffer[] = [];
    const arrival = new Arrival(message => found.push(Buffer.from(message)));
    for (let at = 0; at < bytes.length; at += size) arrival.push(bytes.subarray(at, at + size));
    assert.deepEqual(found, messages);
  }
});

test('messages of any length are found', () => {
  const lengths = [100, 70_000, 1, 65_000, 65_000, 1_000_000, 20, 65_536];
  const messages = lengths.map(length => encode({ insert: 'a', text: 'x'.repeat(length) }));
  const found: Buffer[] = [];
  const arrival = new Arrival(message => found.push(Buffer.from(message)));
  arrival.push(Buffer.concat(messages));
  assert.deepEqual(found, messages);
});

test('what was inserted is found, all of it or by a field, until it is dropped', () => {
  const answers = new KeepingAnswers('127.0.0.1:1');
  const documents = Array.from({ length: 250 }, (_, _id) => ({ _id, kind: `k${_id % 2}`, text: 'x' }));
  ask(answers, { insert: 'a', documents });
  const ids = (filter: Document) => {
    const { cursor } = ask(answers, { find: 'a', filter });
    const found: Document[] = cursor.firstBatch;
    for (let id = cursor.id; id != 0;) {
      const next = ask(answers, { getMore: BSON.Long.fromNumber(Number(id)), collection: 'a' })['cursor'];
      found.push(...next.nextBatch);
      id = next.id;
    }
    return found.map(({ _id }) => _id);
  };
  assert.deepEqual(
    ids({}),
    documents.map(({ _id }) => _id)
  );
  assert.deepEqual(ids({ _id: 7 }), [7]);
  assert.deepEqual(
    ids({ kind: { $eq: 'k1' } }),
    documents.filter(({ _id }) => _id % 2 === 1).map(({ _id }) => _id)
  );
  assert.deepEqual(ids({ _id: 'seven' }), []);
  assert.deepEqual(ask(answers, { find: 'a', limit: 1 })['cursor'].firstBatch, [documents[0]]);
  ask(answers, { drop: 'a' });
  assert.deepEqual(ids({}), []);
});

test('the chunks of a file are found in their order', () => {
  const answers = new KeepingAnswers('127.0.0.1:1');
  for (const n of [2, 0, 1]) ask(answers, { insert: 'fs.chunks', documents: [{ n, files_id: 1 }] });
  const { cursor } = ask(answers, { find: 'fs.chunks', filter: { files_id: 1 }, sort: { n: 1 } });
  assert.deepEqual(
    cursor.firstBatch.map(({ n }: Document) => n),
    [0, 1, 2]
  );
});

test('other writes are answered as if each had met one document', () => {
  const answers = new KeepingAnswers('127.0.0.1:1');
  const ops = [{ insert: 0 }, { update: 0 }, { insert: 0 }, { delete: 0 }];
  const { nInserted, nMatched, nDeleted, cursor } = ask(answers, {
    bulkWrite: 1,
    ops,
    nsInfo: [{ ns: 'a.b' }]
  });
  assert.deepEqual([nInserted, nMatched, nDeleted, cursor.firstBatch], [2, 1, 1, []]);
  assert.equal(ask(answers, { update: 'a', updates: [{ q: {} }, { q: {} }] })['n'], 2);
});
