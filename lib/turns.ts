/*
 * The turns of Node's event loop, as they are when this is loaded: what is asked and answered does not wait for a test
 * that puts a clock of its own in their place later, and does not wind it. Only what is timed does.
 */
import process from 'node:process';
import timers from 'node:timers';

export const { setImmediate } = timers;
export const { queueMicrotask } = globalThis;
export const { nextTick } = process;
