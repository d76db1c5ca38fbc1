/* OP_COMPRESSED. The driver's codecs do the work; the frames are made and checked here. */
import { type Document, MongoDecompressionError } from 'mongodb';
import { compress, type CompressorName, Compressor, decompress, uncompressibleCommands } from './driver.js';
import { Span } from './span.js';
import { commandName, HEADER_SIZE, OP_COMPRESSED, writeHeader } from './wire.js';

/** Operation code, uncompressed size: two int32; compressor: one byte. */
const DETAILS_SIZE = 9;

/** Whether a command may travel compressed: those that carry credentials may not. */
export function compressible(command: Document): boolean {
  return !uncompressibleCommands.has(commandName(command));
}

/** Wraps a whole message in an OP_COMPRESSED one. */
export async function compressMessage(
  message: Buffer,
  compressor: CompressorName,
  level = 0
): Promise<Buffer> {
  const body = message.subarray(HEADER_SIZE);
  const compressed = await compress({ agreedCompressor: compressor, zlibCompressionLevel: level }, body);
  const wrapped = Buffer.allocUnsafe(HEADER_SIZE + DETAILS_SIZE + compressed.length);
  writeHeader(wrapped, message.readInt32LE(4), OP_COMPRESSED);
  wrapped.writeInt32LE(message.readInt32LE(12), HEADER_SIZE);
  wrapped.writeInt32LE(body.length, HEADER_SIZE + 4);
  wrapped[HEADER_SIZE + 8] = Compressor[compressor];
  wrapped.set(compressed, HEADER_SIZE + DETAILS_SIZE);
  return wrapped;
}

/**
 * Unwraps an OP_COMPRESSED frame into the frame it holds.
 *
 * @param limit - the greatest uncompressed size that is believed, in bytes
 * @throws MongoDecompressionError when the size is not as announced, or over the limit
 */
export async function decompressFrame({ bytes: frame }: Span, limit: number): Promise<Span> {
  if (frame.length < HEADER_SIZE + DETAILS_SIZE) {
    throw new MongoDecompressionError(`Invalid OP_COMPRESSED: only ${frame.length} bytes`);
  }
  const size = frame.readInt32LE(HEADER_SIZE + 4);
  if (size < 0 || size > limit) {
    throw new MongoDecompressionError(
      `Invalid OP_COMPRESSED: an uncompressed size of ${size}, the limit being ${limit}`
    );
  }
  const compressor = frame[HEADER_SIZE + 8]!;
  const body = await decompress(compressor, frame.subarray(HEADER_SIZE + DETAILS_SIZE));
  if (body.length !== size) {
    throw new MongoDecompressionError('Message body and message header must be the same length');
  }
  const whole = Buffer.allocUnsafe(HEADER_SIZE + size);
  frame.copy(whole, 0, 0, HEADER_SIZE);
  whole.writeInt32LE(whole.length, 0);
  whole.writeInt32LE(frame.readInt32LE(HEADER_SIZE), 12);
  whole.set(body, HEADER_SIZE);
  return Span.of(whole);
}
