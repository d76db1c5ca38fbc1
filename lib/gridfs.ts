import {
  type Filter,
  type FindOptions,
  GridFSBucket as DriverGridFSBucket,
  type GridFSBucketReadStreamOptions,
  type GridFSBucketReadStreamOptionsWithRevision,
  type GridFSBucketWriteStreamOptions,
  type GridFSFile,
  type ObjectId
} from 'mongodb';
import { asynchronizeClass } from './asynchronize.js';
import { type FindCursor, ours } from './cursor.js';
import { GridFSBucketReadStream, GridFSBucketWriteStream } from './gridfs-streams.js';
import type { Method } from './styles.js';

type Timed = { timeoutMS?: number };

/**
 * The driver's `GridFSBucket`, in every style: files of any size, as streams. It works on collections of ours when it
 * is made with a database of ours.
 *
 * @example
 * const bucket = new GridFSBucket(client.db('media'), { bucketName: 'videos' });
 */
export class GridFSBucket extends DriverGridFSBucket {}

/** Made by the table below. */
export interface GridFSBucket {
  /** Deletes a file. @throws MongoRuntimeError when there is none with that id */
  delete: Method<[id: ObjectId, options?: Timed], void>;
  /** Renames a file. @throws MongoRuntimeError when there is none with that id */
  rename: Method<[id: ObjectId, filename: string, options?: Timed], void>;
  /** Drops both collections of the bucket. */
  drop: Method<[options?: Timed], void>;
  /** The documents of files. */
  find(filter?: Filter<GridFSFile>, options?: FindOptions): FindCursor<GridFSFile>;
  openUploadStream(filename: string, options?: GridFSBucketWriteStreamOptions): GridFSBucketWriteStream;
  openUploadStreamWithId(
    id: ObjectId,
    filename: string,
    options?: GridFSBucketWriteStreamOptions
  ): GridFSBucketWriteStream;
  openDownloadStream(id: ObjectId, options?: GridFSBucketReadStreamOptions): GridFSBucketReadStream;
  /** Of several files of that name, the newest, unless `revision` says another. */
  openDownloadStreamByName(
    filename: string,
    options?: GridFSBucketReadStreamOptionsWithRevision
  ): GridFSBucketReadStream;
}

const upload = (_: GridFSBucket, made: object): object => ours(made, GridFSBucketWriteStream);
const download = (_: GridFSBucket, made: object): object => ours(made, GridFSBucketReadStream);

asynchronizeClass(GridFSBucket, {
  delegated: { delete: { arity: 2 }, rename: { arity: 3 }, drop: { arity: 1 } },
  chaining: ['openUploadStream', 'openUploadStreamWithId', 'openDownloadStream', 'openDownloadStreamByName'],
  wrap: {
    openUploadStream: upload,
    openUploadStreamWithId: upload,
    openDownloadStream: download,
    openDownloadStreamByName: download
  }
});
