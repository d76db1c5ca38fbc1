// Who takes part. 3.7.4 gets the options that make it comparable: its own defaults are a pool of 10 and the old topology.
import { createRequire } from 'node:module';
import type { Mongoose } from 'mongoose';
import { callbackCaller, promiseCaller, yieldCaller } from './callers.js';
import { DriverRival } from './driver.js';
import { putInPlaceOfTheDriver } from './inPlaceOfTheDriver.js';
import { MongooseRival } from './mongoose.js';
import type { Rival } from './rival.js';

const require = createRequire(import.meta.url);
const motor = '../../..';
const options3 = { useNewUrlParser: true, useUnifiedTopology: true, maxPoolSize: 100 };

/** The one that the others are compared with. */
export const baseline = 'mongodb';

const mongoose = () => new MongooseRival(require('mongoose') as Mongoose);

/** The rivals in this language; those in others are in natives.ts. */
export const rivals: Record<string, () => Rival | Promise<Rival>> = {
  [baseline]: () => new DriverRival('mongodb', promiseCaller),
  mongodb3: () => new DriverRival('mongodb3', promiseCaller, options3),
  'mongodb3-callback': () => new DriverRival('mongodb3', callbackCaller, options3),
  legacy: () => new DriverRival('mongodb-legacy', callbackCaller),
  mongoose,
  'motor-promise': () => new DriverRival(motor, promiseCaller),
  'motor-callback': () => new DriverRival(motor, callbackCaller),
  'motor-yield': () => new DriverRival(motor, yieldCaller),
  ...overFewConnections(),
  'mongoose-motor': () => (putInPlaceOfTheDriver('mongoose'), mongoose()),
  // Loaded when it is asked for: it brings the `bson` of `mongodb`, which the others are to load themselves.
  raw: async () => new (await import('./raw.js')).RawRival()
};

/** So many connections: callers wait in the queue, or, with ours, are pipelined. Taken part of only when asked for. */
function overFewConnections(): Record<string, () => Rival> {
  const made: Record<string, () => Rival> = {};
  for (const maxPoolSize of [1, 4, 8, 16]) {
    made[`mongodb-queued-${maxPoolSize}`] = () => new DriverRival(baseline, promiseCaller, { maxPoolSize });
    made[`motor-queued-${maxPoolSize}`] = () => new DriverRival(motor, promiseCaller, { maxPoolSize });
    made[`motor-pipelined-${maxPoolSize}`] = () =>
      new DriverRival(motor, promiseCaller, { maxPoolSize, pipelining: 1000 });
  }
  return made;
}

export async function rivalNamed(name: string): Promise<Rival> {
  const make = rivals[name];
  if (!make) throw new Error(`there is no rival '${name}'`);
  return make();
}
