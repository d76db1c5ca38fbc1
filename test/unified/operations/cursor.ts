import type { AbstractCursor, ChangeStream } from 'mongodb';
import type { Operations } from './operation';

export const cursorOperations: Operations<AbstractCursor | ChangeStream> = {
  // What closing raises differs between drivers: the format does not look at it.
  close: cursor => cursor.close().catch(() => undefined),

  iterateOnce: cursor => cursor.tryNext(),

  iterateUntilDocumentOrError: cursor => cursor.next()
};
