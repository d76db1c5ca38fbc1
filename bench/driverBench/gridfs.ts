import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { GridFSBucket } from 'mongodb';
import { shareOf, type Bench, type MicroBenchmark } from './microBenchmark.js';

async function large(bench: Bench): Promise<Buffer> {
  const bytes = await readFile(join(bench.data, 'single_and_multi_document', 'gridfs_large.bin'));
  return bytes.subarray(0, shareOf(bytes.length, bench));
}

/** A bucket that is empty but for a file of one byte, which has made its indexes. */
export async function renewBucket({ driver, database }: Bench): Promise<GridFSBucket> {
  for (const name of ['fs.files', 'fs.chunks']) await database.collection(name).drop();
  const bucket = new driver.GridFSBucket(database);
  await write(bucket.openUploadStream('first'), Buffer.alloc(1));
  return bucket;
}

async function write(stream: Writable, bytes: Buffer): Promise<void> {
  stream.end(bytes);
  await finished(stream);
}

async function read(stream: Readable): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
}

export const upload: MicroBenchmark = {
  name: 'GridFS upload',
  group: 'Multi',
  kind: 'write',
  async setUp(bench) {
    const bytes = await large(bench);
    let bucket: GridFSBucket;
    return {
      bytes: bytes.length,
      before: async () => (bucket = await renewBucket(bench)),
      run: () => write(bucket.openUploadStream('gridfstest'), bytes)
    };
  }
};

export const download: MicroBenchmark = {
  name: 'GridFS download',
  group: 'Multi',
  kind: 'read',
  async setUp(bench) {
    const { driver, database } = bench;
    const stream = new driver.GridFSBucket(database).openUploadStream('gridfstest');
    const bytes = await large(bench);
    await write(stream, bytes);
    let bucket: GridFSBucket;
    return {
      bytes: bytes.length,
      before: async () => (bucket = new driver.GridFSBucket(database)),
      run: () => read(bucket.openDownloadStream(stream.id))
    };
  }
};
