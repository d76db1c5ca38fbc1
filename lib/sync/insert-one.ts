import type { Document } from 'mongodb';
import { isBare } from '../bson/index.js';
import {
  type CommandOptions,
  InsertOneOperation,
  InsertOperation,
  keysOf,
  namespaceOf,
  type Response
} from '../driver.js';

type Options = CommandOptions & { readonly forceServerObjectId?: boolean };

/** The driver's `InsertOneOperation`, which does not decode the whole of a reply that says no more than "done". */
export class InsertOne extends InsertOperation {
  readonly #document: Document;
  /** Its `_id`, if that is known without asking it. */
  readonly #added: unknown;

  constructor(collection: object, document: Document, options: Options) {
    const added = addId(collection, document, options);
    super(namespaceOf(collection), [document], options);
    this.#document = document;
    this.#added = added;
  }

  override handleOk(response: Response): Document {
    if (response.has('code') || response.has('writeErrors'))
      return InsertOneOperation.prototype.handleOk.call(this, response);
    const insertedId: unknown = this.#added ?? (this.#document as Document | null)?._id;
    return { acknowledged: this.writeConcern?.w !== 0, insertedId };
  }
}

/**
 * Gives a document an `_id` if it has none and the server is not to. What that is need not be asked of most documents then:
 * one that was spread has a hidden class of its own from here on, and is slow to read wherever that was not met before.
 */
function addId(collection: object, document: Document, options: Options): unknown {
  const { db, s } = keysOf(collection);
  if (options.forceServerObjectId ?? db.options?.forceServerObjectId) return undefined;
  if (document._id != null) return undefined;
  const isKept = isBare(document) && !Object.hasOwn(document, '_id');
  const id: unknown = (document._id = s.pkFactory.createPk());
  return isKept ? id : undefined;
}
