/* The types of the methods about a collection's indexes. */
import type {
  CreateIndexesOptions,
  CreateIndexOptions,
  Document,
  DropIndexesOptions,
  IndexDescription,
  IndexDescriptionCompact,
  IndexDescriptionInfo,
  IndexInformationOptions,
  IndexOptions,
  IndexSpecification,
  ListIndexesOptions,
  SearchIndexDescription
} from 'mongodb';
import type { Future } from './future.js';
import type { Callback, Method } from './styles.js';

/** What a collection can do about its indexes. */
export interface IndexMethods {
  /** Makes an index; gives its name. */
  createIndex: Method<
    [
      indexSpec: IndexSpecification,
      indexOptions?: CreateIndexesOptions | IndexOptions,
      commandOptions?: CreateIndexOptions
    ],
    string
  >;
  /** Makes indexes; gives their names. */
  createIndexes: Method<
    [
      indexSpecs: IndexDescription[],
      commandOptions?: CreateIndexesOptions,
      allowUnknownIndexOptions?: boolean
    ],
    string[]
  >;
  dropIndex: Method<[indexName: string, options?: DropIndexesOptions], Document>;
  /** Drops all indexes but that of `_id`; false when there is no such collection. */
  dropIndexes: Method<[options?: DropIndexesOptions], boolean>;
  indexExists: Method<[indexes: string | string[], options?: ListIndexesOptions], boolean>;
  /** The collection's indexes; with `full: false` only the fields of each, by its name. */
  indexes: Indexes<[]>;
  /** The fields of each index, by its name; with `full: true` all that the server tells of them. */
  indexInformation: IndexInformation<[]>;
  /** Makes an index for Atlas Search; gives its name. */
  createSearchIndex: Method<[description: SearchIndexDescription], string>;
  /** Makes indexes for Atlas Search; gives their names. */
  createSearchIndexes: Method<[descriptions: SearchIndexDescription[]], string[]>;
  dropSearchIndex: Method<[name: string], void>;
  updateSearchIndex: Method<[name: string, definition: Document], void>;
}

type Everything = IndexDescriptionInfo[];
type Fields = IndexDescriptionCompact;
type InformationOptions = IndexInformationOptions;

/** `A` is what comes before the options. */
interface Indexes<A extends unknown[]> {
  (...args: [...A, callback: Callback<Everything>]): void;
  (...args: [...A, options: InformationOptions & { full: false }, callback: Callback<Fields>]): void;
  (
    ...args: [
      ...A,
      options: (InformationOptions & { full?: true }) | undefined,
      callback: Callback<Everything>
    ]
  ): void;
  (...args: [...A, options: InformationOptions, callback: Callback<Fields | Everything>]): void;
  (...args: [...A, options: InformationOptions & { full: false }]): Future<Fields>;
  (...args: [...A, options?: InformationOptions & { full?: true }]): Future<Everything>;
  (...args: [...A, options: InformationOptions]): Future<Fields | Everything>;
}

/** `A` is what comes before the options. */
export interface IndexInformation<A extends unknown[]> {
  (...args: [...A, callback: Callback<Fields>]): void;
  (...args: [...A, options: InformationOptions & { full: true }, callback: Callback<Everything>]): void;
  (
    ...args: [...A, options: (InformationOptions & { full?: false }) | undefined, callback: Callback<Fields>]
  ): void;
  (...args: [...A, options: InformationOptions, callback: Callback<Fields | Everything>]): void;
  (...args: [...A, options: InformationOptions & { full: true }]): Future<Everything>;
  (...args: [...A, options?: InformationOptions & { full?: false }]): Future<Fields>;
  (...args: [...A, options: InformationOptions]): Future<Fields | Everything>;
}
