import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GridFSBucket } from 'mongodb';
import { collectionName, renew } from './corpus.js';
import { filesOf } from './data.js';
import { renewBucket } from './gridfs.js';
import type { Bench, MicroBenchmark } from './microBenchmark.js';

/** As many files are under way at once: more would only hold more of them in memory. */
const concurrency = 8;

async function forAll<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<unknown>
): Promise<void> {
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) await work(item, index);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

const bytesIn = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0);

async function parse(file: string): Promise<object[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as object);
}

const ldjson = ({ data }: Bench) => filesOf(data, 'ldjson_multi');
const photos = ({ data }: Bench) => filesOf(data, 'gridfs_multi');

/** A folder for what comes out, empty. */
async function emptyFolder({ data, database }: Bench): Promise<string> {
  const folder = join(data, `out-${database.databaseName}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  return folder;
}

/** A file whose bytes are on the disk when the stream has ended. */
const fileIn = (folder: string, name: string) => createWriteStream(join(folder, name), { flush: true });

const ldjsonImport: MicroBenchmark = {
  name: 'LDJSON multi-file import',
  group: 'Parallel',
  kind: 'write',
  async setUp(bench) {
    const [files, collection] = [ldjson(bench), bench.database.collection(collectionName)];
    return {
      bytes: bytesIn(files),
      before: () => renew(bench),
      run: () => forAll(files, async file => collection.insertMany(await parse(file), { ordered: false }))
    };
  }
};

const ldjsonExport: MicroBenchmark = {
  name: 'LDJSON multi-file export',
  group: 'Parallel',
  kind: 'read',
  async setUp(bench) {
    const [files, collection] = [ldjson(bench), bench.database.collection(collectionName)];
    await collection.createIndex({ file: 1 });
    await forAll(files, async (path, file) =>
      collection.insertMany((await parse(path)).map(document => ({ ...document, file })))
    );
    const lines = async function* (file: number) {
      for await (const { _id, file: _, ...document } of collection.find({ file }))
        yield JSON.stringify(document) + '\n';
    };
    let folder: string;
    return {
      bytes: bytesIn(files),
      before: async () => (folder = await emptyFolder(bench)),
      run: () =>
        forAll(files, (path, file) => pipeline(Readable.from(lines(file)), fileIn(folder, basename(path))))
    };
  }
};

const uploadAll = (bucket: GridFSBucket, files: readonly string[]) =>
  forAll(files, file => pipeline(createReadStream(file), bucket.openUploadStream(basename(file))));

const gridfsUpload: MicroBenchmark = {
  name: 'GridFS multi-file upload',
  group: 'Parallel',
  kind: 'write',
  async setUp(bench) {
    const files = photos(bench);
    let bucket: GridFSBucket;
    return {
      bytes: bytesIn(files),
      before: async () => (bucket = await renewBucket(bench)),
      run: () => uploadAll(bucket, files)
    };
  }
};

const gridfsDownload: MicroBenchmark = {
  name: 'GridFS multi-file download',
  group: 'Parallel',
  kind: 'read',
  async setUp(bench) {
    const files = photos(bench);
    const bucket = await renewBucket(bench);
    await uploadAll(bucket, files);
    let folder: string;
    return {
      bytes: bytesIn(files),
      before: async () => (folder = await emptyFolder(bench)),
      run: () =>
        forAll(
          files.map(file => basename(file)),
          name => pipeline(bucket.openDownloadStreamByName(name), fileIn(folder, name))
        )
    };
  }
};

export const parallel: MicroBenchmark[] = [ldjsonImport, ldjsonExport, gridfsUpload, gridfsDownload];
