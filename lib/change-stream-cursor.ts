import type { EventEmitter } from 'node:events';
import type { AbstractCursor, Document } from 'mongodb';
import { cursorClass } from './cursor.js';
import type { CursorStatics, Reading } from './cursor-types.js';
import {
  AggregateOperation,
  type ChangeStreamCursorInternals,
  type CursorResponse,
  DriverChangeStreamCursor,
  maxWireVersion,
  type Operation,
  type Server
} from './driver.js';

const Base = DriverChangeStreamCursor as CursorStatics &
  (new () => Reading<Document> & AbstractCursor<Document> & ChangeStreamCursorInternals);

/** The cursor behind a change stream. With what it has received, the driver makes the one that resumes it. */
export class ChangeStreamCursor extends Base {
  /** @internal */
  startOperation({ session, ...options }: Document): Operation<CursorResponse> {
    const own = { ...options, ...this.changeStreamCursorOptions, session };
    return new AggregateOperation(this.namespace, this.pipeline, own);
  }

  /** @internal */
  received(batch: CursorResponse, server: Server, first: boolean): void {
    this.maxWireVersion = maxWireVersion(server);
    if (first && isFromNow(this)) this.startAtOperationTime = batch.operationTime;
    this._processBatch(batch);
    tell(this, first ? 'init' : 'more', batch);
    tell(this, 'response');
  }
}
/** Made by the tables of cursors. */
export interface ChangeStreamCursor {
  clone(): ChangeStreamCursor;
}
cursorClass(ChangeStreamCursor);

/** Whether nothing says yet where the stream begins. */
function isFromNow({ startAtOperationTime, changeStreamCursorOptions }: ChangeStreamCursor): boolean {
  const { resumeAfter, startAfter } = changeStreamCursorOptions;
  return startAtOperationTime == null && resumeAfter == null && startAfter == null;
}

/** The driver's type of a cursor's events does not know these. */
function tell(cursor: EventEmitter, event: string, ...details: unknown[]): void {
  cursor.emit(event, ...details);
}
