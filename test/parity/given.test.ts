import { expect } from 'chai';
import * as driver from 'mongodb';
import * as motor from '../../lib';
import { sharedServer } from '../support/server';
import { isOurs, ours, theirs } from './classes';
import { declaredClasses } from './declared';
import { subjects } from './subjects';

interface Given {
  readonly client: motor.MongoClient;
  readonly db: motor.Db;
  readonly users: motor.Collection;
  readonly bucket: motor.GridFSBucket;
}

/** How what a member of a class gives is got, where that is one of the classes that are ours. */
const recipes: Readonly<Record<string, (given: Given) => unknown>> = {
  'MongoClient.connect': ({ client }) => motor.MongoClient.connect(urlOf(client)),
  'MongoClient.db': ({ client }) => client.db('x'),
  'MongoClient.startSession': ({ client }) => client.startSession(),
  'MongoClient.watch': ({ client }) => client.watch(),
  'Db.client': ({ db }) => db.client,
  'Db.admin': ({ db }) => db.admin(),
  'Db.aggregate': ({ db }) => db.aggregate([]),
  'Db.collection': ({ db }) => db.collection('users'),
  'Db.collections': ({ db }) => db.collections(),
  'Db.createCollection': ({ db }) => db.createCollection('made'),
  'Db.listCollections': ({ db }) => db.listCollections(),
  'Db.renameCollection': async ({ db }) => {
    await db.createCollection('before');
    return db.renameCollection('before', 'after');
  },
  'Db.runCursorCommand': ({ db }) => db.runCursorCommand({ find: 'users' }),
  'Db.watch': ({ db }) => db.watch(),
  'Collection.db': ({ users }) => users.db,
  'Collection.aggregate': ({ users }) => users.aggregate([]),
  'Collection.find': ({ users }) => users.find(),
  'Collection.initializeOrderedBulkOp': ({ users }) => users.initializeOrderedBulkOp(),
  'Collection.initializeUnorderedBulkOp': ({ users }) => users.initializeUnorderedBulkOp(),
  'Collection.listIndexes': ({ users }) => users.listIndexes(),
  'Collection.listSearchIndexes': ({ users }) => users.listSearchIndexes(),
  'Collection.rename': async ({ db }) => (await db.createCollection('one')).rename('another'),
  'Collection.watch': ({ users }) => users.watch(),
  'ChangeStream.parent': ({ users }) => users.watch().parent,
  'ListCollectionsCursor.parent': ({ db }) => db.listCollections().parent,
  'ListIndexesCursor.parent': ({ users }) => users.listIndexes().parent,
  'GridFSBucket.find': ({ bucket }) => bucket.find(),
  'GridFSBucket.openDownloadStream': ({ bucket }) => bucket.openDownloadStream(new driver.ObjectId()),
  'GridFSBucket.openDownloadStreamByName': ({ bucket }) => bucket.openDownloadStreamByName('file'),
  'GridFSBucket.openUploadStream': ({ bucket }) => bucket.openUploadStream('file'),
  'GridFSBucket.openUploadStreamWithId': ({ bucket }) =>
    bucket.openUploadStreamWithId(new driver.ObjectId(), 'file'),
  'GridFSBucketWriteStream.bucket': ({ bucket }) => bucket.openUploadStream('file').bucket,
  'GridFSBucketWriteStream.chunks': ({ bucket }) => bucket.openUploadStream('file').chunks,
  'GridFSBucketWriteStream.files': ({ bucket }) => bucket.openUploadStream('file').files,
  'ClientEncryption.getKeys': ({ client }) => getKeys(client)
};

function urlOf(client: motor.MongoClient): string {
  return `mongodb://${[...client.options.hosts].join(',')}/?directConnection=true`;
}

/** Its constructor needs an optional package; what this method reads was made by it. */
function getKeys(client: motor.MongoClient): unknown {
  const state = { _keyVaultClient: client, _keyVaultNamespace: 'shop.keys' };
  return Object.assign(
    Object.create(motor.ClientEncryption.prototype) as motor.ClientEncryption,
    state
  ).getKeys();
}

/** What each member gives, of our classes, without what a method of a cursor returns: the cursor itself. */
function givings(): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const { name, isAbstract, members } of declaredClasses()) {
    const parent = theirs(name);
    if (!parent || isAbstract) continue;
    for (const { name: member, gives, isStatic, isAsync } of members) {
      const fluent = (given: string): boolean =>
        parent === theirs(given) || parent.prototype instanceof theirs(given)!;
      const others = gives.filter(given => isOurs(given) && (isStatic || isAsync || !fluent(given)));
      if (others.length > 0) all.set(`${name}.${member}`, others);
    }
  }
  return all;
}

describe('an object that a method gives is one of ours', () => {
  let given: Given;

  before(async function () {
    this.timeout(60_000);
    const client = await motor.MongoClient.connect((await sharedServer()).uri);
    const db = client.db('motor_parity');
    await db.dropDatabase();
    given = { client, db, users: db.collection('users'), bucket: new motor.GridFSBucket(db) };
  });
  after(async () => {
    await given.db.dropDatabase();
    await given.client.close();
  });

  for (const [member, classes] of givings()) {
    it(`${member}: ${classes.join(', ')}`, async () => {
      const recipe = recipes[member];
      expect(recipe, `a recipe for ${member}`).to.be.a('function');
      const result: unknown = await recipe!(given);
      const all = Array.isArray(result) ? result : [result];
      expect(all).not.to.deep.equal([]);
      for (const one of all) {
        expect(classes.map(ours)).to.include((one as object).constructor as never);
        if (one instanceof motor.MongoClient && one !== given.client) await one.close();
        if (one instanceof motor.ChangeStream) await one.close();
      }
    });
  }

  it('has no recipe for what is no longer given', () => {
    expect(Object.keys(recipes)).to.have.members([...givings().keys()]);
  });

  for (const name of Object.keys(subjects).filter(name => name.endsWith('Cursor'))) {
    it(`${name}: its clone, if it can be cloned, and what its map gives`, () => {
      const cursor = subjects[name]!(given.client) as driver.AbstractCursor;
      if (name !== 'RunCommandCursor') expect(cursor.clone().constructor).to.equal(ours(name));
      expect(cursor.map(document => document).constructor).to.equal(ours(name));
    });
  }

  it('MongoClient.withSession and ClientSession.withTransaction: the session that they call with', async () => {
    const sessions: unknown[] = [];
    await given.client.withSession(async session => {
      sessions.push(session);
      await session.withTransaction(async inside => void sessions.push(inside));
    });
    for (const session of sessions) expect((session as object).constructor).to.equal(motor.ClientSession);
    expect(sessions).to.have.length(2);
  });
});
