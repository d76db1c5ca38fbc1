import { expect } from 'chai';
import * as driver from 'mongodb';
import * as motor from '../../lib';
import { settle } from '../support/bounds';
import { type Case, sameAsTheDriver, type Subject } from '../support/parity';

const CONTENT = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251));
const ids = Array.from({ length: 3 }, (_, i) => new driver.ObjectId(`00000000000000000000000${i}`));

function bucketOf({ client, db }: Subject, chunkSizeBytes = 300): driver.GridFSBucket {
  const { GridFSBucket } = client instanceof motor.MongoClient ? motor : driver;
  const bucket = new GridFSBucket(db, { chunkSizeBytes });
  expect(bucket).to.be.instanceOf(driver.GridFSBucket);
  return bucket;
}

function upload(bucket: driver.GridFSBucket, index: number, name: string, content = CONTENT): Promise<void> {
  const stream = bucket.openUploadStreamWithId(ids[index]!, name, { metadata: { index } });
  return new Promise((resolve, reject) => {
    stream.once('finish', resolve).once('error', reject).end(content);
  });
}

async function download(stream: driver.GridFSBucketReadStream): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('base64');
}

/** What is left in both collections, without what differs from call to call. */
async function left({ db }: Subject): Promise<unknown> {
  const files = await db.collection('fs.files').find().sort({ _id: 1 }).toArray();
  const chunks = await db.collection('fs.chunks').find().sort({ files_id: 1, n: 1 }).toArray();
  return [
    files.map(({ uploadDate, ...file }) => [file, uploadDate instanceof Date]),
    chunks.map(({ files_id, n, data }) => [String(files_id), n, (data as driver.Binary).length()])
  ];
}

const cases: Record<string, Case> = {
  'upload and download': async subject => {
    const bucket = bucketOf(subject);
    await upload(bucket, 0, 'a');
    return [await download(bucket.openDownloadStream(ids[0]!)), await left(subject)];
  },
  'upload in pieces of many sizes': async subject => {
    const bucket = bucketOf(subject, 100);
    const stream = bucket.openUploadStreamWithId(ids[0]!, 'pieces');
    let at = 0;
    for (const size of [1, 99, 100, 0, 50, 150, 30, 20, 350, 7])
      stream.write(CONTENT.subarray(at, (at += size)));
    await new Promise<void>((resolve, reject) => stream.once('error', reject).end(() => resolve()));
    return [stream.length, await download(bucket.openDownloadStream(ids[0]!)), await left(subject)];
  },
  'upload text': async subject => {
    const bucket = bucketOf(subject, 4);
    const stream = bucket.openUploadStreamWithId(ids[0]!, 'text');
    stream.write('grün', 'latin1');
    await new Promise<void>(resolve => stream.end('grün', () => resolve()));
    return [await download(bucket.openDownloadStream(ids[0]!)), await left(subject)];
  },
  'a piece of which some chunks cannot be stored': async subject => {
    const bucket = bucketOf(subject, 100);
    await upload(bucket, 0, 'a', CONTENT.subarray(0, 50)); // the first chunk, and so one error: of two, either may come first
    const failed = await settle(upload(bucket, 0, 'again'));
    return [failed, (await left(subject)) !== undefined];
  },
  'write after an abort': async subject => {
    const stream = bucketOf(subject).openUploadStreamWithId(ids[0]!, 'a');
    await subject.call(stream, 'abort');
    const failed = new Promise(resolve => stream.once('error', resolve));
    stream.write(CONTENT);
    return [await failed, await left(subject)];
  },
  'download a part': async subject => {
    const bucket = bucketOf(subject);
    await upload(bucket, 0, 'a');
    return download(bucket.openDownloadStream(ids[0]!, { start: 290, end: 910 }));
  },
  'download by name, and an older revision': async subject => {
    const bucket = bucketOf(subject);
    for (const i of [0, 1]) await upload(bucket, i, 'a', CONTENT.subarray(i * 10));
    return [
      await download(bucket.openDownloadStreamByName('a', { revision: 0 })),
      await download(bucket.openDownloadStreamByName('a', { revision: 1 })),
      await settle(download(bucket.openDownloadStreamByName('b')))
    ];
  },
  'download what is not there': subject => settle(download(bucketOf(subject).openDownloadStream(ids[2]!))),
  'download an empty file': async subject => {
    const bucket = bucketOf(subject);
    await upload(bucket, 0, 'empty', Buffer.alloc(0));
    return [await download(bucket.openDownloadStream(ids[0]!)), await left(subject)];
  },
  'find with a cursor': async subject => {
    const bucket = bucketOf(subject);
    for (const i of [0, 1, 2]) await upload(bucket, i, `file ${i}`);
    const found = await subject.call(
      bucket.find({ 'metadata.index': { $gt: 0 } }).sort({ _id: 1 }),
      'toArray'
    );
    return (found as driver.GridFSFile[]).map(({ filename }) => filename);
  },
  rename: async subject => {
    const bucket = bucketOf(subject);
    await upload(bucket, 0, 'a');
    const renamed = await subject.call(bucket, 'rename', ids[0], 'b');
    return [renamed, await settle(subject.call(bucket, 'rename', ids[1], 'b', {})), await left(subject)];
  },
  delete: async subject => {
    const bucket = bucketOf(subject);
    for (const i of [0, 1]) await upload(bucket, i, 'a');
    const deleted = await subject.call(bucket, 'delete', ids[0]);
    return [deleted, await settle(subject.call(bucket, 'delete', ids[2], {})), await left(subject)];
  },
  drop: async subject => {
    const bucket = bucketOf(subject);
    await upload(bucket, 0, 'a');
    return [await subject.call(bucket, 'drop'), await subject.call(bucket, 'drop', {}), await left(subject)];
  },
  'abort an upload': async subject => {
    const bucket = bucketOf(subject);
    const stream = bucket.openUploadStreamWithId(ids[0]!, 'a');
    await new Promise(resolve => stream.write(CONTENT, resolve));
    const chunks = await subject.db.collection('fs.chunks').countDocuments();
    const aborted = await subject.call(stream, 'abort');
    return [chunks, aborted, await settle(subject.call(stream, 'abort')), await left(subject)];
  },
  'abort an upload that is over': async subject => {
    const bucket = bucketOf(subject);
    const stream = bucket.openUploadStreamWithId(ids[0]!, 'a');
    await new Promise(resolve => stream.end(CONTENT, () => resolve(undefined)));
    return settle(subject.call(stream, 'abort'));
  },
  'abort a download': async subject => {
    const bucket = bucketOf(subject);
    await upload(bucket, 0, 'a');
    const stream = bucket.openDownloadStream(ids[0]!);
    await new Promise(resolve => stream.once('data', resolve));
    return [await subject.call(stream, 'abort'), stream.destroyed];
  },
  'an upload that fails': async subject => {
    const small = CONTENT.subarray(0, 200);
    await upload(bucketOf(subject), 0, 'a', small);
    return settle(upload(bucketOf(subject), 0, 'again', small));
  }
};

describe('a bucket of GridFS', () => sameAsTheDriver('motor_gridfs', [], cases));
