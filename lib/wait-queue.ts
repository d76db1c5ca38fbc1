/*
 * Who waits for a connection, first in, first out; anybody may leave before. They are linked to one another while they wait,
 * and not afterwards. A Set would look through those who have left for whoever comes first, and in its old tables keep
 * them all in memory (see members.ts): with a thousand callers on a hundred connections that was two fifths of a call.
 */

/** Somebody in a queue, or about to be. */
export abstract class Waiting<W extends Waiting<W>> {
  /** Where it waits. The queue's to set, as its neighbours are. */
  queue: WaitQueue<W> | undefined = undefined;
  before: W | undefined = undefined;
  after: W | undefined = undefined;
}

export class WaitQueue<W extends Waiting<W>> {
  #first: W | undefined = undefined;
  #last: W | undefined = undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Who has waited longest. */
  get first(): W | undefined {
    return this.#first;
  }

  add(waiter: W): void {
    waiter.queue = this;
    waiter.before = this.#last;
    if (this.#last) this.#last.after = waiter;
    else this.#first = waiter;
    this.#last = waiter;
    this.#size++;
  }

  /** Whether it was there. */
  delete(waiter: W): boolean {
    if (waiter.queue !== this) return false;
    const { before, after } = waiter;
    if (before) before.after = after;
    else this.#first = after;
    if (after) after.before = before;
    else this.#last = before;
    waiter.queue = waiter.before = waiter.after = undefined;
    this.#size--;
    return true;
  }
}
