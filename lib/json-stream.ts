import { Readable } from 'node:stream';
import { abortListeners } from './abort-listeners.js';
import { asynchronize } from './asynchronize.js';
import { cursorOf } from './driver.js';
import type { Cursor } from './sync/cursor.js';
import { type JsonOptions, JsonText, nextPiece } from './sync/json.js';

const next = asynchronize(nextPiece);

/**
 * A cursor's documents as a JSON array, or as lines, in bytes. The next batch is asked for when the reader has taken the
 * one before; the stream closes the cursor when it ends, fails or is destroyed.
 */
export class JsonStream extends Readable {
  readonly #cursor: Cursor;
  readonly #text: JsonText;
  readonly #signal: AbortSignal | undefined;
  readonly #abort = (): unknown => this.destroy(this.#signal?.reason as Error);

  /** @throws MongoInvalidArgumentError */
  constructor(cursor: Cursor, options?: JsonOptions) {
    super();
    this.#cursor = cursor;
    this.#text = new JsonText(options);
    this.#signal = cursorOf(cursor).signal;
    if (this.#signal) abortListeners(this.#signal).add(this.#abort);
  }

  override _read(): void {
    Promise.resolve(next.call(this.#cursor, this.#text)).then(
      piece => this.#pass(piece),
      (error: Error) => this.destroy(error)
    );
  }

  #pass(piece: Buffer | undefined): void {
    if (this.destroyed) return;
    this.push(piece ?? null);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    const closed = (): void => callback(error);
    if (this.#signal) abortListeners(this.#signal).delete(this.#abort);
    this.#cursor.close().then(closed, closed);
  }
}
