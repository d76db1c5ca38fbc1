import type {
  CollectionInfo,
  Document,
  ListCollectionsCursor as Collections,
  ListIndexesCursor as Indexes,
  ListSearchIndexesCursor as SearchIndexes,
  RunCommandCursor as RunCommand
} from 'mongodb';
import { cursorClass, explaining, startAggregation } from './cursor.js';
import type { Any, CursorStatics, Explaining, Reading } from './cursor-types.js';
import {
  type CursorResponse,
  cursorOf,
  DriverListCollectionsCursor,
  DriverListIndexesCursor,
  DriverListSearchIndexesCursor,
  DriverRunCommandCursor,
  ListCollectionsOperation,
  ListIndexesOperation,
  type Operation,
  RunCursorCommandOperation
} from './driver.js';

type Brief = Pick<CollectionInfo, 'name' | 'type'>;

const ListCollectionsBase = DriverListCollectionsCursor as CursorStatics &
  (new <T extends Brief | CollectionInfo>(
    ...args: ConstructorParameters<typeof DriverListCollectionsCursor>
  ) => Reading<T> & Collections<T>);

/** A cursor over a database's collections. Made by `Db.listCollections`. */
export class ListCollectionsCursor<
  T extends Brief | CollectionInfo = Brief | CollectionInfo
> extends ListCollectionsBase<T> {
  /** @internal */
  startOperation({ session, signal, ...options }: Document): Operation<CursorResponse> {
    const own = { ...options, ...this.options, session, signal };
    return new ListCollectionsOperation(this.parent, this.filter, own);
  }
}
/** Made by the tables of cursors. */
export interface ListCollectionsCursor<T> {
  clone(): ListCollectionsCursor<T>;
}
cursorClass(ListCollectionsCursor);

const ListIndexesBase = DriverListIndexesCursor as CursorStatics &
  (new (...args: ConstructorParameters<typeof DriverListIndexesCursor>) => Reading<Any> & Indexes);

/** A cursor over a collection's indexes. Made by `Collection.listIndexes`. */
export class ListIndexesCursor extends ListIndexesBase {
  /** @internal */
  startOperation({ session, ...options }: Document): Operation<CursorResponse> {
    return new ListIndexesOperation(this.parent, { ...options, ...this.options, session });
  }
}
/** Made by the tables of cursors. */
export interface ListIndexesCursor {
  clone(): ListIndexesCursor;
}
cursorClass(ListIndexesCursor);

const ListSearchIndexesBase = DriverListSearchIndexesCursor as CursorStatics &
  (new (
    ...args: ConstructorParameters<typeof DriverListSearchIndexesCursor>
  ) => Explaining<{ name: string }> & SearchIndexes);

/** A cursor over a collection's search indexes. Made by `Collection.listSearchIndexes`. */
export class ListSearchIndexesCursor extends ListSearchIndexesBase {
  /** @internal */
  startOperation(options: Document): Operation<CursorResponse> {
    return startAggregation(this, options);
  }
}
cursorClass(ListSearchIndexesCursor, explaining);

const RunCommandBase = DriverRunCommandCursor as CursorStatics &
  (new (...args: ConstructorParameters<typeof DriverRunCommandCursor>) => Reading<Any> & RunCommand);

/** A cursor over what a command gives. Made by `Db.runCursorCommand`. */
export class RunCommandCursor extends RunCommandBase {
  /** @internal */
  startOperation(options: Document): Operation<CursorResponse> {
    return new RunCursorCommandOperation(cursorOf(this).cursorNamespace, this.command, options);
  }
}
cursorClass(RunCommandCursor);
