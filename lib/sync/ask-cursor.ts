/* What a cursor can be asked besides its documents, in sync style. */
import { type CountOptions, type Document, MongoInvalidArgumentError } from 'mongodb';
import type { SyncStyle } from '../coroutine.js';
import { CountOperation, cursorOf, emitWarningOnce } from '../driver.js';
import { execute } from '../execute.js';
import type { Cursor } from './free-cursor.js';
import { startOptions } from './start-options.js';

const COUNT_IS_DEPRECATED =
  'cursor.count is deprecated and will be removed in the next major version, please use `collection.estimatedDocumentCount` or `collection.countDocuments` instead ';

/** @param verbosity - how much to explain; default: all, as `true` */
export function* explain(this: Cursor, verbosity?: unknown, options?: unknown): SyncStyle<Document> {
  const { deserializationOptions } = cursorOf(this);
  const resolved = cursorOf(this).resolveExplainTimeoutOptions(verbosity, options);
  const operation = this.startOperation({ ...startOptions(this), explain: resolved.explain ?? true });
  const response = yield* execute(this, operation);
  return response.shift(deserializationOptions)!; // that is how the driver reads an explanation
}

/** How many documents the query of a `find` matches. */
export function* count(this: Cursor, options?: CountOptions): SyncStyle<number> {
  emitWarningOnce(COUNT_IS_DEPRECATED);
  if (typeof options === 'boolean') throw new MongoInvalidArgumentError('Invalid first parameter to count');
  const { cursorFilter, cursorNamespace, cursorOptions, findOptions } = cursorOf(this);
  const all = { ...findOptions, ...cursorOptions, ...options };
  return yield* execute(this, new CountOperation(cursorNamespace, cursorFilter, all));
}
