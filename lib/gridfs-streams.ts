import {
  GridFSBucketReadStream as DriverReadStream,
  GridFSBucketWriteStream as DriverWriteStream
} from 'mongodb';
import { asynchronizeClass } from './asynchronize.js';
import { cursorOfDownload, uploadOf } from './driver.js';
import { writePiece } from './gridfs-upload.js';
import type { Method } from './styles.js';

/** A file that is being read. Made by `GridFSBucket.openDownloadStream`. */
export class GridFSBucketReadStream extends DriverReadStream {
  /** The driver leaves the cursor open when a reader goes away without `abort`. */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    const closed = (): void => callback(error);
    const cursor = cursorOfDownload(this);
    if (cursor) cursor.close().then(closed, closed);
    else closed();
  }
}

/** Made by the table below. */
export interface GridFSBucketReadStream {
  /** Ends the stream, and frees what it holds, here and on the server. */
  abort: Method<[], void>;
}

asynchronizeClass(GridFSBucketReadStream, { delegated: { abort: { arity: 0 } } });

/** A file that is being written. Made by `GridFSBucket.openUploadStream`. */
export class GridFSBucketWriteStream extends DriverWriteStream {
  override _write(
    piece: Uint8Array | string,
    encoding: BufferEncoding,
    callback: (error?: Error | null) => void
  ): void {
    if (piece instanceof Uint8Array) writePiece(uploadOf(this), piece, callback);
    else super._write(piece, encoding, callback);
  }
}

/** Made by the table below. */
export interface GridFSBucketWriteStream {
  /** Makes all further writes fail, and deletes what was written. */
  abort: Method<[], void>;
}

asynchronizeClass(GridFSBucketWriteStream, { delegated: { abort: { arity: 0 } } });
