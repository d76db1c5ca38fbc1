import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import type { GridFSBucket, ObjectId } from 'mongodb';
import { hexBytes } from '../match-operators';
import type { Operations } from './operation';

export const bucketOperations: Operations<GridFSBucket> = {
  delete: (bucket, { id, ...options }) => bucket.delete(id, options),

  download: (bucket, { id, ...options }) => buffer(bucket.openDownloadStream(id, options)),

  downloadByName: (bucket, { filename, ...options }) =>
    buffer(bucket.openDownloadStreamByName(filename, options)),

  drop: (bucket, options) => bucket.drop(options),

  find: (bucket, { filter, ...options }) => bucket.find(filter, options).toArray(),

  rename: (bucket, { id, newFilename, ...options }) => bucket.rename(id, newFilename, options),

  upload: async (bucket, { filename, source, ...options }): Promise<ObjectId> => {
    const stream = bucket.openUploadStream(filename, options);
    stream.end(hexBytes(source.$$hexBytes));
    await once(stream, 'finish');
    return stream.id;
  }
};
