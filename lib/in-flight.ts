import type { Coroutine } from './coroutine.js';

/** To begin with. A power of two, so that places are found by a mask. */
const PLACES = 4;

/**
 * Who waits for the replies to which requests, in the order in which they were asked: that of their replies, mostly.
 *
 * A ring. A Map would make itself a new table every few requests, and each table, also one that nobody has any more,
 * holds the next: once the collector has moved one to its old generation, all that waited since stays in memory.
 */
export class InFlight {
  #ids: number[] = new Array<number>(PLACES).fill(0);
  #waiting: (Coroutine | undefined)[] = new Array<Coroutine | undefined>(PLACES).fill(undefined);
  #first = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The id of the oldest request. */
  get oldest(): number | undefined {
    return this.#size > 0 ? this.#ids[this.#first] : undefined;
  }

  add(id: number, coroutine: Coroutine): void {
    if (this.#size === this.#ids.length) this.#grow();
    const place = this.#place(this.#size++);
    this.#ids[place] = id;
    this.#waiting[place] = coroutine;
  }

  /** Takes out who asked the request of this id. */
  take(id: number): Coroutine | undefined {
    for (let i = 0; i < this.#size; i++) {
      const place = this.#place(i);
      if (this.#ids[place] !== id) continue;
      const coroutine = this.#waiting[place];
      for (let j = i; j > 0; j--) this.#move(this.#place(j - 1), this.#place(j));
      this.#drop();
      return coroutine;
    }
    return undefined;
  }

  /** Takes out who asked first. */
  shift(): Coroutine | undefined {
    if (this.#size === 0) return undefined;
    const coroutine = this.#waiting[this.#first];
    this.#drop();
    return coroutine;
  }

  #drop(): void {
    this.#waiting[this.#first] = undefined;
    this.#first = this.#place(1);
    this.#size--;
  }

  #place(i: number): number {
    return (this.#first + i) & (this.#ids.length - 1);
  }

  #move(from: number, to: number): void {
    this.#ids[to] = this.#ids[from]!;
    this.#waiting[to] = this.#waiting[from];
  }

  #grow(): void {
    const { length } = this.#ids;
    const ids = new Array<number>(2 * length).fill(0);
    const waiting = new Array<Coroutine | undefined>(2 * length).fill(undefined);
    for (let i = 0; i < length; i++) {
      ids[i] = this.#ids[this.#place(i)]!;
      waiting[i] = this.#waiting[this.#place(i)];
    }
    this.#ids = ids;
    this.#waiting = waiting;
    this.#first = 0;
  }
}
