import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Document, FindCursor, GridFSBucket } from 'mongodb';
import { chunkSize } from '../file.js';
import { collectionName, renew } from './corpus.js';
import { filesOf } from './data.js';
import { renewBucket } from './gridfs.js';
import type { Bench, MicroBenchmark } from './microBenchmark.js';

/** As many files are under way at once: more would only hold more of them in memory. */
const concurrency = 8;

/** Characters. */
const textSize = 65_536;

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

type WritingLines = { jsonStream?(options: { lines: true }): Readable };

/** The specification wants each driver's best way: a cursor that writes lines itself, or as much text as a file takes at once. */
const linesOf = (cursor: FindCursor<Document> & WritingLines): Readable =>
  cursor.jsonStream?.({ lines: true }) ?? Readable.from(stringified(cursor));

async function* stringified(documents: AsyncIterable<Document>): AsyncGenerator<string> {
  let text = '';
  for await (const document of documents) {
    text += JSON.stringify(document) + '\n';
    if (text.length < textSize) continue;
    yield text;
    text = '';
  }
  yield text;
}

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
    let folder: string;
    return {
      bytes: bytesIn(files),
      before: async () => (folder = await emptyFolder(bench)),
      run: () =>
        forAll(files, (path, file) =>
          pipeline(linesOf(collection.find({ file })), fileIn(folder, basename(path)))
        )
    };
  }
};

/** As much of a file is read at once as a chunk of a bucket has. */
const uploadAll = (bucket: GridFSBucket, files: readonly string[]) =>
  forAll(files, file =>
    pipeline(createReadStream(file, { highWaterMark: chunkSize }), bucket.openUploadStream(basename(file)))
  );

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
