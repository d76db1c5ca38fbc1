import type { Bucket, Place } from './place.js';

/** The bucket whose files are listed in a collection. */
export const bucketName = (files: string): string => files.replace(/\.files$/, '');

export const bucketOf = ({ driver, database, name }: Place): Bucket =>
  new driver.GridFSBucket(database, { bucketName: bucketName(name) });
