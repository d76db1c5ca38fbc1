/*
 * The options of operations and of commands, made once and of one shape. The driver copies and spreads them a dozen
 * times on the way of one call; that was a fifth of a findOne.
 */
import { type Document, MongoTailableCursorError, ReadPreference } from 'mongodb';
import {
  CommandOperation,
  type CommandOptions,
  FindOperation,
  type Operation,
  resolveOptions,
  type TimeoutContext
} from './driver.js';

const inherited = new WeakMap<object, Document>();

/**
 * An operation's options with what it inherits from its collection: read and write concern, read preference, BSON
 * options. They are the operation's own, to be changed.
 */
export function optionsFrom(parent: object, options: Document | undefined): Document {
  if (options !== undefined) return resolveOptions(parent, options);
  let known = inherited.get(parent);
  if (!known) inherited.set(parent, (known = resolveOptions(parent, undefined)));
  return { ...known };
}

const inheritedByOne = new WeakMap<object, Document>();

/** As {@link optionsFrom}, for a query of which one document is wanted, and is read with them. */
export function optionsForOne(parent: object, options: Document | undefined): Document {
  if (options !== undefined) return forOne(resolveOptions(parent, options));
  let known = inheritedByOne.get(parent);
  if (!known) inheritedByOne.set(parent, (known = forOne(resolveOptions(parent, undefined))));
  return { ...known };
}

function forOne(options: Document): Document {
  if (options.tailable) throw new MongoTailableCursorError('Tailable cursor does not support limit');
  options.singleBatch = true;
  options.limit = 1;
  options.readPreference ??= ReadPreference.primary;
  options.validation = { utf8: options.enableUtf8Validation !== false };
  return options;
}

/** What an operation's command is to be run with. */
export function commandOptions(operation: Operation, timeoutContext: TimeoutContext): CommandOptions {
  const { buildOptions } = operation;
  if (buildOptions === CommandOperation.prototype.buildOptions) {
    return ofOneShape(operation, timeoutContext, operation.readPreference, undefined);
  }
  if (buildOptions === FindOperation.prototype.buildOptions) {
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
    omitMaxTimeMS: options.omitMaxTimeMS,
    signal: options.signal,
    socketTimeoutMS: options.socketTimeoutMS,
    writeConcern: options.writeConcern,
    willRetryWrite: options.willRetryWrite,
    checkKeys: options.checkKeys,
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
