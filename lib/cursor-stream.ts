import type { Readable } from 'node:stream';
import { Long } from 'mongodb';
import { abortListeners } from './abort-listeners.js';
import { cursorOf, streamOf } from './driver.js';
import { atHand, type Cursor } from './sync/cursor.js';
import { refuseIfCutOff } from './sync/free-cursor.js';

/** Makes the driver's stream of a cursor, which asks `next` for each document, push first what need not be waited for. */
export function pushingAhead<S extends Readable>(stream: S, cursor: Cursor): S {
  const internals = streamOf(stream);
  const { signal } = cursorOf(cursor);
  if (signal) heed(signal, stream);
  const { _readNext: readNext } = internals;
  internals._readNext = () => {
    try {
      if (pushAtHand(stream, cursor)) readNext.call(stream);
      else internals._readInProgress = false;
    } catch (error) {
      stream.destroy(error as Error);
    }
  };
  return stream;
}

/** Whether the stream takes more than there is. */
function pushAtHand(stream: Readable, cursor: Cursor): boolean {
  const state = cursorOf(cursor);
  refuseIfCutOff(cursor);
  while (!stream.destroyed && state.cursorId !== Long.ZERO) {
    const document = atHand(cursor);
    if (document === undefined) return true;
    if (!stream.push(document)) return false;
  }
  return !stream.destroyed;
}

/** In the driver's place, which does not let go of the signal when the stream is destroyed before its end. */
function heed(signal: AbortSignal, stream: Readable): void {
  const listeners = abortListeners(signal);
  const abort = (): unknown => stream.destroy(signal.reason as Error);
  const letGo = (): void => listeners.delete(abort);
  for (const ofDriver of stream.listeners('end')) ofDriver();
  listeners.add(abort);
  stream.removeAllListeners('end').once('end', letGo).once('close', letGo);
}
