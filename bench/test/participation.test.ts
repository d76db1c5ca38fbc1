import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callersIn, obstacle, takesPart } from '../participation.js';
import { scenarioNamed } from '../scenarios/index.js';
import { collectionFor } from '../scenarios/scenario.js';

const named = scenarioNamed;

test('who has no call for a scenario does not take part in it', () => {
  assert.equal(takesPart('motor-yield', named('mixed')), true);
  assert.equal(takesPart('motor-yield', named('findIterate')), false);
  assert.equal(takesPart('motor-callback', named('gridfsUpload')), false);
  assert.equal(takesPart('motor-promise', named('gridfsUpload')), true);
  assert.equal(takesPart('raw', named('findOne')), true);
  assert.equal(takesPart('raw', named('mixed')), false);
  assert.equal(takesPart('legacy', named('findIterate')), false);
  assert.equal(takesPart('mongoose-motor', named('gridfsUpload')), false);
  assert.equal(takesPart('rust', named('mixed')), true);
  assert.equal(takesPart('rust', named('connectionStorm')), false);
});

test('a scenario has the callers that are asked for, or the most that it can have', () => {
  assert.deepEqual(callersIn(named('findOne'), [1, 1000]), [1, 1000]);
  assert.deepEqual(callersIn(named('find10000'), [1, 1000]), [1]);
  assert.deepEqual(callersIn(named('gridfsUpload'), [100, 1000]), [10]);
  assert.deepEqual(callersIn(named('connectionStorm'), [10]), [1]);
});

test('a scenario says which server it needs', async () => {
  const server = { name: 'canned', uri: '', stop: async () => {} } as const;
  assert.match((await obstacle(named('changeStream'), server))!, /needs the real server/);
  assert.equal(await obstacle(named('waiting'), server), undefined);
});

test('rivals that insert have a collection each', () => {
  assert.equal(collectionFor(named('findOne'), 'raw'), collectionFor(named('findOne'), 'mongodb'));
  assert.notEqual(collectionFor(named('insertOne'), 'raw'), collectionFor(named('insertOne'), 'mongodb'));
  assert.notEqual(collectionFor(named('insertOne'), 'raw'), collectionFor(named('bulkInsert'), 'raw'));
});
