import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/** Skips a suite when the driver cannot find `mongodb-client-encryption`, which has to be installed, or on NODE_PATH. */
export function needsEncryption(context: Mocha.Context): void {
  try {
    createRequire(join(require.resolve('mongodb'), '..'))('mongodb-client-encryption');
  } catch {
    context.skip();
  }
}

/** A master key that is nowhere but here. */
export const kmsProviders = { local: { key: randomBytes(96) } };
export const keyVaultNamespace = 'motor_encryption.keys';
export const algorithm = 'AEAD_AES_256_CBC_HMAC_SHA_512-Deterministic';
