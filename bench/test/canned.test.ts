import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BSON, type Document } from 'mongodb';
import { decode, encode } from '../rivals/rawMessage.js';
import { Answers } from '../servers/canned/answers.js';
import { splitter } from '../servers/canned/message.js';

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

test('a command without an answer is an error that names it', () => {
  const reply = ask(new Answers('127.0.0.1:1'), { mapReduce: 'x' });
  assert.equal(reply['ok'], 0);
  assert.match(reply['errmsg'], /mapReduce/);
});

test('a command is found behind a document sequence', () => {
  const command = encode({ insert: 'sequenced', $db: 'test' });
  const sequence = Buffer.concat([Buffer.from([1, 14, 0, 0, 0]), Buffer.from('documents\0')]);
  const message = Buffer.concat([command.subarray(0, 20), sequence, command.subarray(20)]);
  message.writeInt32LE(message.length, 0);
  const answers = new Answers('127.0.0.1:1');
  answers.to(message);
  assert.equal(ask(answers, { count: 'sequenced' })['n'], 1);
});

test('messages are found however the bytes are cut', () => {
  const messages = [encode({ ping: 1 }), encode({ insert: 'a' }), encode({ find: 'documents_1' })];
  const bytes = Buffer.concat(messages);
  for (let size = 1; size <= bytes.length; size++) {
    const found: Buffer[] = [];
    const split = splitter(message => found.push(Buffer.from(message)));
    for (let at = 0; at < bytes.length; at += size) split(bytes.subarray(at, at + size));
    assert.deepEqual(found, messages);
  }
});
