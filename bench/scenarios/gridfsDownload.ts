import assert from 'node:assert/strict';
import { pipeline } from 'node:stream/promises';
import { idOf } from '../documents.js';
import { fileBytes, fileSize, megabytes } from '../file.js';
import { bucketName, bucketOf } from './gridfs.js';
import type { Bucket } from './place.js';
import type { Scenario } from './scenario.js';

const collection = 'photos.files';

async function download(bucket: Bucket, id: object): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bucket.openDownloadStream(id)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** One file of 4 MB, into memory. */
export const gridfsDownload: Scenario = {
  name: 'gridfsDownload',
  parts: { unit: 'MB', count: megabytes },
  collection,
  mostCallers: 10,
  promisesOnly: true,
  call(place) {
    const [bucket, id] = [bucketOf(place), new place.driver.ObjectId(idOf(0))];
    return { start: () => download(bucket, id) };
  },
  isRight: result => (result as Buffer).length === fileSize,
  verify: result => assert(fileBytes().equals(result as Buffer), 'the file came out other than it went in'),
  seed(database, { GridFSBucket, ObjectId }) {
    const bucket = new GridFSBucket(database, { bucketName: bucketName(collection) });
    return pipeline([fileBytes()], bucket.openUploadStreamWithId(new ObjectId(idOf(0)), 'photo'));
  }
};
