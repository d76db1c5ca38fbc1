import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Document } from 'mongodb';
import { emailOf, heldCollection, idOf } from '../documents.js';
import type { Place } from './place.js';
import type { OwnFigures, Scenario } from './scenario.js';
import { verifyDocument } from './verify.js';

const callers = 10_000;
/** For the calls to have got as far as they get while the server holds its answers. */
const settleMs = 200;

interface Waited extends Required<OwnFigures> {
  documents: (Document | null)[];
}

let collectGarbage: (() => void) | undefined;

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  collectGarbage ??= runInNewContext('gc') as () => void;
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

function stopwatch(): () => Required<Pick<OwnFigures, 'wallMs' | 'cpuMs'>> {
  const started = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wallMs: performance.now() - started, cpuMs: (user + system) / 1000 };
  };
}

/** With a client of its own for what is told to the server: the other's pool is full. */
async function controlled(place: Place): Promise<Waited> {
  const control = place.newClient();
  try {
    await control.connect();
    return await wait(place, what => control.db('admin').command(what));
  } finally {
    await control.close();
  }
}

/** The processor time of both halves, without that of measuring the heap between them. */
async function wait(
  { collection, driver }: Place,
  tell: (what: object) => PromiseLike<unknown>
): Promise<Waited> {
  const _id = new driver.ObjectId(idOf(0));
  await tell({ hold: 1 });
  const before = heapUsed();
  const starting = stopwatch();
  const calls = Array.from({ length: callers }, () => collection.findOne({ _id }));
  await pause(settleMs);
  const first = starting();
  const heapBytes = (heapUsed() - before) / callers;
  const ending = stopwatch();
  await tell({ release: 1 });
  const documents = await Promise.all(calls);
  const second = ending();
  const wallMs = first.wallMs - settleMs + second.wallMs;
  return { documents, heapBytes, cpuMs: first.cpuMs + second.cpuMs, wallMs };
}

/** Ten thousand calls of `findOne` at once, on a server that answers none before all wait: what each holds in memory. */
export const waiting: Scenario = {
  name: 'waiting',
  parts: { unit: 'caller', count: callers },
  collection: heldCollection,
  servers: ['canned'],
  mostCallers: 1,
  mostCalls: 1,
  promisesOnly: true,
  call: place => ({ start: () => controlled(place) }),
  isRight: result => (result as Waited).documents[callers - 1]?.['email'] === emailOf(0),
  verify(result) {
    const { documents } = result as Waited;
    assert.equal(documents.length, callers);
    documents.forEach(document => verifyDocument(document, 0));
  },
  figures(result) {
    const { wallMs, cpuMs, heapBytes } = result as Waited;
    return { wallMs, cpuMs, heapBytes };
  }
};
