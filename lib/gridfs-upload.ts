/*
 * How the pieces of a file that is written become chunks. The driver copies each piece twice before it is encoded; here a
 * chunk that is whole in a piece is encoded from where it is, since a piece is the stream's until it is written.
 * Source: the driver's GridFSBucketWriteStream, and the GridFS specification.
 */
import { MongoAPIError, ObjectId } from 'mongodb';
import type { Upload } from './driver.js';

type Callback = (error?: Error | null) => void;

/** Takes a piece. The callback is called when it is kept, or, if chunks have become whole by it, when these are stored. */
export function writePiece(upload: Upload, piece: Uint8Array, callback: Callback): void {
  if (upload.state.aborted) {
    return queueMicrotask(() => callback(new MongoAPIError('Stream has been aborted')));
  }
  upload.length += piece.length;
  const stored: Promise<unknown>[] = [];
  let offset = 0;
  while (piece.length - offset >= upload.chunkSizeBytes - upload.pos) {
    const end = offset + upload.chunkSizeBytes - upload.pos;
    stored.push(store(upload, nextChunk(upload, piece.subarray(offset, end))));
    offset = end;
  }
  keep(upload, piece.subarray(offset));
  if (stored.length === 0) return queueMicrotask(callback);
  Promise.all(stored).then(
    () => callback(),
    error => fail(upload, error as Error, callback)
  );
}

/** The bytes that are kept and the end of a chunk. What they were kept in is the chunk's then. */
function nextChunk(upload: Upload, end: Uint8Array): Uint8Array {
  if (upload.pos === 0) return end;
  const chunk = upload.bufToStore;
  chunk.set(end, upload.pos);
  upload.bufToStore = new Uint8Array(Buffer.allocUnsafeSlow(upload.chunkSizeBytes).buffer);
  upload.pos = 0;
  return chunk;
}

function keep(upload: Upload, bytes: Uint8Array): void {
  upload.bufToStore.set(bytes, upload.pos);
  upload.pos += bytes.length;
}

async function store(upload: Upload, data: Uint8Array): Promise<void> {
  const { chunks, id, writeConcern, state } = upload;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  state.outstandingRequests++;
  await chunks.insertOne({ _id: new ObjectId(), files_id: id, n: upload.n++, data: bytes }, { writeConcern });
  state.outstandingRequests--;
}

function fail({ state }: Upload, error: Error, callback: Callback): void {
  const isFirst = !state.errored;
  state.errored = true;
  callback(isFirst ? error : undefined);
}
