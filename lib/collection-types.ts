/* The types of a collection's methods whose result depends on their arguments. */
import type {
  DistinctOptions,
  Document,
  ExplainCommandOptions,
  ExplainVerbosityLike,
  Filter,
  FindOneOptions,
  Flatten,
  ModifyResult,
  WithId
} from 'mongodb';
import type { Future } from './future.js';
import type { Callback } from './styles.js';

/** An operation that a signal may abort. */
export interface Abortable {
  signal?: AbortSignal;
}

type OneOptions = Omit<FindOneOptions, 'timeoutMode'> & Abortable;

export interface FindOne<TSchema extends Document> {
  (callback: Callback<WithId<TSchema> | null>): void;
  (filter: Filter<TSchema>, callback: Callback<WithId<TSchema> | null>): void;
  (
    filter: Filter<TSchema>,
    options: OneOptions | undefined,
    callback: Callback<WithId<TSchema> | null>
  ): void;
  (): Future<WithId<TSchema> | null>;
  (filter: Filter<TSchema>): Future<WithId<TSchema> | null>;
  (filter: Filter<TSchema>, options: OneOptions): Future<WithId<TSchema> | null>;
  <T = TSchema>(): Future<T | null>;
  <T = TSchema>(filter: Filter<TSchema>): Future<T | null>;
  <T = TSchema>(filter: Filter<TSchema>, options?: OneOptions): Future<T | null>;
}

type Values<TSchema extends Document, Key extends keyof WithId<TSchema>> = Flatten<WithId<TSchema>[Key]>[];
type Explained = { explain: ExplainVerbosityLike | ExplainCommandOptions };

/* eslint-disable @typescript-eslint/no-explicit-any -- a path into a document, as the driver has it */
export interface Distinct<TSchema extends Document> {
  <Key extends keyof WithId<TSchema>>(key: Key, callback: Callback<Values<TSchema, Key>>): void;
  <Key extends keyof WithId<TSchema>>(
    key: Key,
    filter: Filter<TSchema>,
    callback: Callback<Values<TSchema, Key>>
  ): void;
  <Key extends keyof WithId<TSchema>>(
    key: Key,
    filter: Filter<TSchema>,
    options: DistinctOptions | undefined,
    callback: Callback<Values<TSchema, Key>>
  ): void;
  <Key extends keyof WithId<TSchema>>(key: Key, filter?: Filter<TSchema>): Future<Values<TSchema, Key>>;
  <Key extends keyof WithId<TSchema>>(
    key: Key,
    filter: Filter<TSchema>,
    options: DistinctOptions & Explained
  ): Future<Document>;
  <Key extends keyof WithId<TSchema>>(
    key: Key,
    filter: Filter<TSchema>,
    options: DistinctOptions
  ): Future<Values<TSchema, Key>>;
  (key: string, callback: Callback<any[]>): void;
  (key: string, filter: Filter<TSchema>, callback: Callback<any[]>): void;
  (key: string, filter?: Filter<TSchema>, options?: DistinctOptions): Future<any[]>;
}

/** `A` is what comes before the options. With `includeResultMetadata` there is more than the document. */
export interface FindOneAnd<TSchema extends Document, A extends unknown[], Options> {
  (...args: [...A, callback: Callback<WithId<TSchema> | null>]): void;
  (
    ...args: [
      ...A,
      options: Options & { includeResultMetadata: true },
      callback: Callback<ModifyResult<TSchema>>
    ]
  ): void;
  (...args: [...A, options: Options | undefined, callback: Callback<WithId<TSchema> | null>]): void;
  (...args: [...A, options: Options & { includeResultMetadata: true }]): Future<ModifyResult<TSchema>>;
  (...args: [...A, options?: Options]): Future<WithId<TSchema> | null>;
}
