import { ChangeStream as DriverChangeStream, type ChangeStreamDocument, type Document } from 'mongodb';
import { asynchronizeClass } from './asynchronize.js';
import { ChangeStreamCursor } from './change-stream-cursor.js';
import type { MongoClient } from './client.js';
import { ours } from './cursor.js';
import { type SyncStyle, waitFor } from './coroutine.js';
import { changesOf, createCursorOfChanges, cursorOfChanges } from './driver.js';
import type { Method } from './styles.js';
import { atHand, type Cursor } from './sync/cursor.js';

const nextOfDriver = DriverChangeStream.prototype.next;
const nextOfCursor = ChangeStreamCursor.prototype.next;
const { _processErrorIteratorMode: resumeByDriver } = changesOf(DriverChangeStream.prototype);

/** The streams that are being resumed. */
const resuming = new WeakMap<object, Promise<void>>();

/**
 * The driver's `ChangeStream`, in every style. Made by `watch` of a client, a database or a collection. It resumes by
 * the driver's rules, and holds a connection only while it waits for changes.
 */
export class ChangeStream<
  TSchema extends Document = Document,
  TChange extends Document = ChangeStreamDocument<TSchema>
> extends DriverChangeStream<TSchema, TChange> {
  /** @internal The driver makes another when it resumes the stream. */
  _createChangeStreamCursor(options: Document): object {
    return ours(createCursorOfChanges(this, options), ChangeStreamCursor);
  }

  /** @internal Those who wait for the same batch fail together: the stream is resumed once, for all of them. */
  _processErrorIteratorMode(error: Error, started: boolean): Promise<void> {
    const underWay = resuming.get(this);
    if (underWay) return underWay;
    const resumed = resumeByDriver.call(changesOf(this), error, started).finally(() => resuming.delete(this));
    resuming.set(this, resumed);
    return resumed;
  }
}

/** Made by the table below. */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- it has to have the parameters that the class has
export interface ChangeStream<TSchema, TChange> {
  /** The next change. Waits for it. */
  next: Method<[], TChange>;
  /** The next change, or null when the server has none now. */
  tryNext: Method<[], TChange | null>;
  /** Whether there is a next change: waits until there is. */
  hasNext: Method<[], boolean>;
  /** Frees what the stream holds, here and on the server. */
  close: Method<[], void>;
  [Symbol.asyncDispose]: Method<[], void>;
}

asynchronizeClass(ChangeStream, {
  async: { next: { method: next, arity: 0 } },
  heeds: name => [name],
  delegated: {
    tryNext: { arity: 0 },
    hasNext: { arity: 0 },
    close: { arity: 1 }, // mongodb-legacy has options before the callback
    [Symbol.asyncDispose]: { arity: 0 }
  },
  callerStack: (stream?: ChangeStream) => stream && clientOf(stream).callerStack
});

/** How many calls of a stream wait in the driver's `next`. */
const waiting = new WeakMap<object, number>();

/** A change that is here already is given at once; the driver waits for others, and resumes the stream when it must. */
function* next(this: DriverChangeStream): SyncStyle<unknown> {
  const changes = changesOf(this);
  if (mayTake(this)) {
    changes._setIsIterator();
    const change = atHand(changes.cursor as Cursor<Document>);
    if (change) return yield* processed(this, change);
  }
  waiting.set(this, (waiting.get(this) ?? 0) + 1);
  try {
    return yield* waitFor(nextOfDriver.call(this));
  } finally {
    waiting.set(this, waiting.get(this)! - 1);
  }
}

/** Nobody is before us, and nobody has put a method of his own in the place of the cursor's. */
function mayTake(stream: DriverChangeStream): boolean {
  const { cursor, isClosed, timeoutContext } = changesOf(stream);
  return (
    !isClosed && !timeoutContext && !cursor.closed && cursor.next === nextOfCursor && !waiting.get(stream)
  );
}

function* processed(stream: DriverChangeStream, change: Document): SyncStyle<Document> {
  try {
    return changesOf(stream)._processChange(change);
  } catch (error) {
    yield* waitFor(stream.close().catch(() => {}));
    throw error;
  }
}

/** Makes one of ours out of what the driver's `watch` gives. */
export function watched(_: object, stream: object): object {
  ours(cursorOfChanges(stream), ChangeStreamCursor);
  return ours(stream, ChangeStream);
}

function clientOf({ parent }: ChangeStream): MongoClient {
  return 'client' in parent ? (parent.client as MongoClient) : (parent as MongoClient);
}
