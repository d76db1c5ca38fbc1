/** Latencies in milliseconds, all kept: percentiles are exact, and sorting waits until the slice is over. */
export class Latencies {
  #samples = new Float64Array(65536);
  count = 0;

  add(milliseconds: number): void {
    if (this.count === this.#samples.length) this.#grow();
    this.#samples[this.count++] = milliseconds;
  }

  /** Gives, for a share of all calls, the latency that this share did not exceed. */
  percentiles(): (share: number) => number {
    const sorted = this.#samples.slice(0, this.count).sort();
    return share => sorted[Math.max(0, Math.ceil(share * this.count) - 1)] ?? 0;
  }

  #grow(): void {
    const samples = new Float64Array(this.#samples.length * 2);
    samples.set(this.#samples);
    this.#samples = samples;
  }
}
