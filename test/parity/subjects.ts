import { ObjectId } from 'mongodb';
import * as motor from '../../lib';

/** How an instance of each class is got, from a client that is connected. A static member is looked for on the class. */
export const subjects: Readonly<Record<string, (client: motor.MongoClient) => object>> = {
  MongoClient: client => client,
  Db: client => client.db('shop'),
  Admin: client => client.db('shop').admin(),
  Collection: client => users(client),
  FindCursor: client => users(client).find(),
  AggregationCursor: client => users(client).aggregate(),
  ListCollectionsCursor: client => client.db('shop').listCollections(),
  ListIndexesCursor: client => users(client).listIndexes(),
  ListSearchIndexesCursor: client => users(client).listSearchIndexes(),
  RunCommandCursor: client => client.db('shop').runCursorCommand({ find: 'users' }),
  ChangeStream: client => users(client).watch(),
  ClientSession: client => client.startSession(),
  OrderedBulkOperation: client => users(client).initializeOrderedBulkOp(),
  UnorderedBulkOperation: client => users(client).initializeUnorderedBulkOp(),
  GridFSBucket: client => bucket(client),
  GridFSBucketReadStream: client => bucket(client).openDownloadStream(new ObjectId()),
  GridFSBucketWriteStream: client => bucket(client).openUploadStream('file'),
  // its constructor needs an optional package; its methods are there without
  ClientEncryption: () => Object.create(motor.ClientEncryption.prototype) as object
};

function users(client: motor.MongoClient): motor.Collection {
  return client.db('shop').collection('users');
}

function bucket(client: motor.MongoClient): motor.GridFSBucket {
  return new motor.GridFSBucket(client.db('shop'));
}
