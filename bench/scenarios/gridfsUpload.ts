import assert from 'node:assert/strict';
import { finished } from 'node:stream/promises';
import { fileBytes, fileSize, megabytes } from '../file.js';
import { bucketOf } from './gridfs.js';
import type { Bucket } from './place.js';
import type { Scenario } from './scenario.js';

async function upload(bucket: Bucket): Promise<number> {
  const stream = bucket.openUploadStream('photo');
  stream.end(fileBytes());
  await finished(stream);
  return (stream as unknown as { length: number }).length;
}

/** One file of 4 MB, from memory. */
export const gridfsUpload: Scenario = {
  name: 'gridfsUpload',
  parts: { unit: 'MB', count: megabytes },
  collection: 'uploads.files',
  inserts: 1,
  mostCallers: 10,
  promisesOnly: true,
  call(place) {
    const bucket = bucketOf(place);
    return { start: () => upload(bucket) };
  },
  isRight: result => result === fileSize,
  verify: result => assert.equal(result, fileSize),
  // Not dropped: an upload after the first takes the bucket's indexes for granted.
  clean: (database, files) =>
    Promise.all(
      [files, files.replace(/files$/, 'chunks')].map(name => database.collection(name).deleteMany({}))
    )
};
