import { expect } from 'chai';
import { Binary, type DataKey } from 'mongodb';
import { ClientEncryption, Collection, FindCursor, MongoClient, type UUID } from '../../lib';
import { settle } from '../support/bounds';
import { algorithm, keyVaultNamespace, kmsProviders, needsEncryption } from '../support/encryption';
import { sharedServer } from '../support/server';
import { styles } from '../support/styles';

describe('encryption, with mongodb-client-encryption (skipped where that is not installed)', () => {
  let uri: string;
  let client: MongoClient;
  let encryption: ClientEncryption;
  before(async function () {
    needsEncryption(this);
    this.timeout(60_000);
    ({ uri } = await sharedServer());
    client = new MongoClient(uri);
    encryption = new ClientEncryption(client, { keyVaultNamespace, kmsProviders });
  });
  afterEach(() => client.db('motor_encryption').collection('keys').deleteMany({}));
  after(async () => {
    await client?.db('motor_encryption').dropDatabase();
    await client?.close();
  });

  for (const [style, call] of Object.entries(styles)) {
    it(`makes keys, encrypts and decrypts, in ${style} style`, async () => {
      const keyId = (await call(encryption, 'createDataKey', 'local', { keyAltNames: [style] })) as UUID;
      const secret = (await call(encryption, 'encrypt', 'Ada', { algorithm, keyId })) as Binary;
      expect(secret.sub_type).to.equal(Binary.SUBTYPE_ENCRYPTED);
      expect(await call(encryption, 'decrypt', secret)).to.equal('Ada');
      const key = (await call(encryption, 'getKeyByAltName', style)) as DataKey;
      expect(key._id.toString('hex')).to.equal(keyId.toString('hex'));
      await call(encryption, 'addKeyAltName', keyId, 'another');
      expect(((await call(encryption, 'getKey', keyId)) as DataKey).keyAltNames).to.deep.equal([
        style,
        'another'
      ]);
      await call(encryption, 'removeKeyAltName', keyId, 'another');
      expect(await call(encryption, 'rewrapManyDataKey', { _id: keyId })).to.have.property('bulkWriteResult');
      expect(encryption.getKeys()).to.be.instanceOf(FindCursor);
      expect(await call(encryption.getKeys(), 'toArray')).to.have.length(1);
      expect(await call(encryption, 'deleteKey', keyId)).to.deep.include({ deletedCount: 1 });
      expect((await settle(call(encryption, 'decrypt', 'text'))).error).to.be.instanceOf(Error);
    });

    it(`makes a collection of ours with encrypted fields, in ${style} style`, async () => {
      const options = {
        provider: 'local',
        createCollectionOptions: {
          encryptedFields: { fields: [{ path: 'ssn', bsonType: 'string', keyId: null }] }
        }
      };
      const made = await settle(
        call(
          encryption,
          'createEncryptedCollection',
          client.db('motor_encryption'),
          `people_${style}`,
          options
        )
      );
      if (made.error)
        expect(made.error.name).to.equal('MongoCryptCreateEncryptedCollectionError'); // the server knows none
      else expect((made.value as { collection: unknown }).collection).to.be.instanceOf(Collection);
    });

    it(`is automatic for a client with autoEncryption: what it reads is decrypted, in ${style} style`, async () => {
      const keyId = (await encryption.createDataKey('local')) as UUID;
      const secret = await encryption.encrypt('Ada', { algorithm, keyId });
      const plain = client.db('motor_encryption').collection('users');
      await plain.insertMany([{ name: secret }, { name: secret }]);
      const automatic = new MongoClient(uri, {
        autoEncryption: { keyVaultNamespace, kmsProviders, bypassAutoEncryption: true }
      });
      const users = automatic.db('motor_encryption').collection('users');
      try {
        const found = (await call(users, 'findOne', {}, { projection: { _id: 0 } })) as object;
        expect(found).to.deep.equal({ name: 'Ada' });
        const all = await call(users.find({}, { projection: { _id: 0 }, batchSize: 1 }), 'toArray');
        expect(all).to.deep.equal([{ name: 'Ada' }, { name: 'Ada' }]);
        const listed: unknown[] = [];
        for await (const { name } of users.aggregate([{ $project: { name: 1 } }])) listed.push(name);
        expect(listed).to.deep.equal(['Ada', 'Ada']);
        expect(await call(users, 'findOneAndUpdate', {}, { $set: { a: 1 } })).to.include({ name: 'Ada' });
        const stored = await plain.findOne({});
        expect(stored?.name).to.be.instanceOf(Binary);
      } finally {
        await automatic.close();
        await plain.deleteMany({});
      }
    });
  }
});
