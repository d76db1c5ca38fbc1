// Memory that is used again: what is kept for one run of a benchmark makes room for the next, and no garbage.

/** What is taken at once. What is larger gets memory of its own. */
const blockSize = 4_194_304;

const free: Buffer[] = [];

/** What is kept together, and forgotten together. */
export class Memory {
  #blocks: Buffer[] = [];
  /** How much of the last block is in use. */
  #used = blockSize;

  /** A copy of these bytes, until they are given back. */
  kept(bytes: Buffer): Buffer {
    const { length } = bytes;
    if (length > blockSize) return Buffer.from(bytes);
    if (this.#used + length > blockSize) {
      this.#blocks.push(free.pop() ?? Buffer.allocUnsafeSlow(blockSize));
      this.#used = 0;
    }
    const copy = this.#blocks.at(-1)!.subarray(this.#used, (this.#used += length));
    bytes.copy(copy);
    return copy;
  }

  giveBack(): void {
    free.push(...this.#blocks);
    this.#blocks = [];
    this.#used = blockSize;
  }
}
