/* The types of the methods of client-side encryption whose result depends on the caller. */
import type {
  AWSEncryptionKeyOptions,
  AzureEncryptionKeyOptions,
  Binary,
  ClientEncryptionDataKeyProvider,
  CreateCollectionOptions,
  Db as DriverDb,
  Document,
  GCPEncryptionKeyOptions
} from 'mongodb';
import type { Collection } from './collection.js';
import type { Future } from './future.js';
import type { Callback } from './styles.js';

interface EncryptedCollectionOptions {
  provider: ClientEncryptionDataKeyProvider;
  createCollectionOptions: Omit<CreateCollectionOptions, 'encryptedFields'> & { encryptedFields: Document };
  masterKey?: AWSEncryptionKeyOptions | AzureEncryptionKeyOptions | GCPEncryptionKeyOptions;
}

interface EncryptedCollection<TSchema extends Document> {
  collection: Collection<TSchema>;
  encryptedFields: Document;
}

export interface CreateEncryptedCollection {
  <T extends Document = Document>(
    db: DriverDb,
    name: string,
    options: EncryptedCollectionOptions,
    callback: Callback<EncryptedCollection<T>>
  ): void;
  <T extends Document = Document>(
    db: DriverDb,
    name: string,
    options: EncryptedCollectionOptions
  ): Future<EncryptedCollection<T>>;
}

/* eslint-disable @typescript-eslint/no-explicit-any -- what was encrypted, as the driver has it */
export interface Decrypt {
  <T = any>(value: Binary, callback: Callback<T>): void;
  <T = any>(value: Binary): Future<T>;
}
