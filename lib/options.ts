/*
 * The options of operations and of commands, made once and of one shape. The driver copies and spreads them a dozen
 * times on the way of one call; that was a fifth of a findOne.
 */
import { type Document, MongoInvalidArgumentError, MongoTailableCursorError, ReadPreference } from 'mongodb';
import {
  CommandOperation,
  type CommandOptions,
  FindOperation,
  formatSort,
  namespaceOf,
  type Operation,
  resolveOptions,
  type TimeoutContext
} from './driver.js';
import { checksKeys } from './wire.js';

/**
 * Refuses what cannot tell of an abort, before anything is begun: the driver would find out while it connects, and leave
 * behind a promise whose rejection nobody handles, which ends the process.
 *
 * @throws MongoInvalidArgumentError
 */
export function checkSignal(signal: unknown): void {
  if (signal === undefined || signal === null) return;
  const { throwIfAborted, addEventListener, removeEventListener } = Object(signal) as Partial<AbortSignal>;
  for (const method of [throwIfAborted, addEventListener, removeEventListener]) {
    if (typeof method !== 'function') {
      throw new MongoInvalidArgumentError('Option "signal" must be an AbortSignal');
    }
  }
}

type Make = (parent: object, options: Document | undefined) => Document;

/** Options that are asked for without any of the caller's are made once for each collection. */
function remembered(make: Make): Make {
  const known = new WeakMap<object, Document>();
  return (parent, options) => {
    if (options !== undefined) return make(parent, options);
    let made = known.get(parent);
    if (!made) known.set(parent, (made = make(parent, undefined)));
    return made;
  };
}

/** As {@link remembered}, and copied, to be changed. */
function copied(make: Make): Make {
  const once = remembered(make);
  return (parent, options) =>
    options === undefined ? { ...once(parent, undefined) } : make(parent, options);
}

/**
 * An operation's options with what it inherits from its collection: read and write concern, read preference, BSON
 * options. They are the operation's own, to be changed.
 *
 * What operations add later is there from the start: an object that gains properties after it was copied gets a hidden
 * class of its own, and everything that reads it is slow. That was 5 µs of an insert.
 */
export const optionsFrom: Make = copied((parent, options) => {
  const resolved: Document = resolveOptions(parent, options);
  resolved.checkKeys ??= false;
  resolved.willRetryWrite ??= false;
  return resolved;
});

/** As {@link optionsFrom}, for an operation that copies them. */
export const optionsForInsert: Make = remembered(optionsFrom);

/** As {@link optionsFrom}, with what the driver's updates and deletes add to a copy of theirs. */
export const optionsForChange: Make = copied((parent, options) => {
  const resolved = optionsFrom(parent, options);
  resolved.multi ??= false;
  resolved.limit ??= 1;
  return resolved;
});

/** As {@link optionsFrom}, for a query whose documents are read with them, as a cursor takes them. */
const optionsForReading: Make = copied((parent, options) => {
  const resolved: Document = resolveOptions(parent, options);
  if (!(resolved.readPreference instanceof ReadPreference)) resolved.readPreference = ReadPreference.primary;
  resolved.validation = { utf8: resolved.enableUtf8Validation !== false };
  return resolved;
});

/** As {@link optionsForReading}, for an aggregation, which copies them; with what the driver's adds to a copy of them. */
export const optionsForAggregating: Make = remembered((parent, options) => {
  const resolved = optionsForReading(parent, options);
  resolved.dbName = namespaceOf(parent).db;
  return resolved;
});

/** As {@link optionsForReading}, for a query of which one document is wanted, and which copies them. */
export const optionsForOne: Make = remembered((parent, options) => {
  const resolved = optionsForReading(parent, options);
  if (resolved.sort !== undefined) resolved.sort = formatSort(resolved.sort);
  if (resolved.tailable) throw new MongoTailableCursorError('Tailable cursor does not support limit');
  resolved.singleBatch = true;
  resolved.limit = 1;
  return resolved;
});

const { buildOptions: ofCommands } = CommandOperation.prototype;
const { buildOptions: ofQueries } = FindOperation.prototype;

/** What an operation's command is to be run with. */
export function commandOptions(operation: Operation, timeoutContext: TimeoutContext): CommandOptions {
  const { buildOptions } = operation;
  if (buildOptions === ofCommands) {
    return ofOneShape(operation, timeoutContext, operation.readPreference, undefined);
  }
  if (buildOptions === ofQueries) {
    return ofOneShape(operation, timeoutContext, operation.options.readPreference, 'firstBatch');
  }
  return operation.buildOptions(timeoutContext);
}

/** What those two methods make, less what no command looks at. */
function ofOneShape(
  { options, session }: Operation,
  timeoutContext: TimeoutContext,
  readPreference: CommandOptions['readPreference'],
  documentsReturnedIn: string | undefined
): CommandOptions {
  return {
    session,
    timeoutContext,
    readPreference,
    documentsReturnedIn,
    directConnection: undefined,
    omitMaxTimeMS: undefined,
    signal: options.signal,
    writeConcern: options.writeConcern,
    willRetryWrite: options.willRetryWrite,
    checkKeys: checksKeys(options),
    serializeFunctions: options.serializeFunctions,
    ignoreUndefined: options.ignoreUndefined,
    useBigInt64: options.useBigInt64,
    promoteLongs: options.promoteLongs,
    promoteValues: options.promoteValues,
    promoteBuffers: options.promoteBuffers,
    bsonRegExp: options.bsonRegExp,
    fieldsAsRaw: options.fieldsAsRaw,
    raw: options.raw,
    enableUtf8Validation: options.enableUtf8Validation
  };
}
