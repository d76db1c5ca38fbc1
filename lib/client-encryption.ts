import {
  type Binary,
  ClientEncryption as DriverClientEncryption,
  type ClientEncryptionCreateDataKeyProviderOptions,
  type ClientEncryptionDataKeyProvider,
  type ClientEncryptionEncryptOptions,
  type ClientEncryptionRewrapManyDataKeyProviderOptions,
  type ClientEncryptionRewrapManyDataKeyResult,
  type DataKey,
  type DeleteResult,
  type Document,
  type Filter,
  type UUID,
  type WithId
} from 'mongodb';
import { asynchronizeClass } from './asynchronize.js';
import type { CreateEncryptedCollection, Decrypt } from './client-encryption-types.js';
import type { FindCursor } from './cursor.js';
import type { Method } from './styles.js';

/**
 * The driver's `ClientEncryption`, in every style: explicit encryption, and the keys for it.
 * It needs the package `mongodb-client-encryption`, as the driver's does.
 */
export class ClientEncryption extends DriverClientEncryption {}

/** Made by the table below. */
export interface ClientEncryption {
  /** Makes a data key, and puts it into the key vault; gives its id. */
  createDataKey: Method<
    [provider: ClientEncryptionDataKeyProvider, options?: ClientEncryptionCreateDataKeyProviderOptions],
    UUID
  >;
  /** Encrypts the data keys that match with another master key. */
  rewrapManyDataKey: Method<
    [filter: Filter<DataKey>, options?: ClientEncryptionRewrapManyDataKeyProviderOptions],
    ClientEncryptionRewrapManyDataKeyResult
  >;
  deleteKey: Method<[id: Binary], DeleteResult>;
  /** All keys of the vault. */
  getKeys(): FindCursor<DataKey>;
  getKey: Method<[id: Binary], DataKey | null>;
  getKeyByAltName: Method<[keyAltName: string], WithId<DataKey> | null>;
  /** Gives the key as it was before. */
  addKeyAltName: Method<[id: Binary, keyAltName: string], WithId<DataKey> | null>;
  /** Gives the key as it was before. */
  removeKeyAltName: Method<[id: Binary, keyAltName: string], WithId<DataKey> | null>;
  /** Makes a collection for queryable encryption, and data keys for those of its fields that have none. */
  createEncryptedCollection: CreateEncryptedCollection;
  encrypt: Method<[value: unknown, options: ClientEncryptionEncryptOptions], Binary>;
  /** Encrypts an expression of a query for a range. */
  encryptExpression: Method<[expression: Document, options: ClientEncryptionEncryptOptions], Binary>;
  decrypt: Decrypt;
}

asynchronizeClass(ClientEncryption, {
  delegated: {
    createDataKey: { arity: 2 },
    rewrapManyDataKey: { arity: 2 },
    deleteKey: { arity: 1 },
    getKey: { arity: 1 },
    getKeyByAltName: { arity: 1 },
    addKeyAltName: { arity: 2 },
    removeKeyAltName: { arity: 2 },
    createEncryptedCollection: { arity: 3 },
    encrypt: { arity: 2 },
    encryptExpression: { arity: 2 },
    decrypt: { arity: 1 }
  }
});
