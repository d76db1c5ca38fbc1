import type { Readable } from 'node:stream';
import { Long } from 'mongodb';
import { cursorOf, streamOf } from './driver.js';
import { atHand, type Cursor } from './sync/cursor.js';
import { refuseIfCutOff } from './sync/free-cursor.js';

/** Makes the driver's stream of a cursor, which asks `next` for each document, push first what need not be waited for. */
export function pushingAhead<S extends Readable>(stream: S, cursor: Cursor): S {
  const internals = streamOf(stream);
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
