import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RivalProcess } from '../rivalProcess.js';
import { findOne } from '../scenarios/findOne.js';
import { startServer } from '../servers/index.js';

test('a rival makes as many calls as it is asked for, however long they take', async () => {
  const server = await startServer('canned', { uri: undefined, tls: false, scenarios: [] });
  const { rival } = await RivalProcess.start('raw');
  try {
    await rival.connect(server.uri, findOne.name, findOne.collection, 1);
    assert.equal((await rival.run(1, Infinity, 3)).calls, 3);
    await rival.close();
  } finally {
    await rival.end();
    await server.stop();
  }
});

test('an error in a rival names it, and leaves it able to answer', async () => {
  const { rival } = await RivalProcess.start('raw');
  try {
    const connecting = () => rival.connect('mongodb://127.0.0.1:1', findOne.name, findOne.collection, 1);
    await assert.rejects(connecting, { message: /^raw: .*ECONNREFUSED/ });
    await assert.rejects(connecting, { message: /^raw: .*ECONNREFUSED/ });
  } finally {
    await rival.end();
  }
});

test('a rival that ends, or does not start, is an error that names it', async () => {
  await assert.rejects(RivalProcess.start('nobody'), { message: /there is no rival 'nobody'/ });
  const { rival } = await RivalProcess.start('raw');
  await rival.end();
  await assert.rejects(rival.run(1, 1, 1), { message: 'raw ended with SIGKILL' });
});
