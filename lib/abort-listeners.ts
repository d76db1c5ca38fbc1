/*
 * Who waits on a caller's signal. They share one listener: for each that is added Node looks through all the others, and
 * from the eleventh on it warns of a leak, which calls at the same time with one signal are not.
 */
const known = new WeakMap<AbortSignal, AbortListeners>();

class AbortListeners {
  readonly #all = new Set<() => void>();

  constructor(private readonly signal: AbortSignal) {}

  add(abort: () => void): void {
    if (this.#all.size === 0) this.signal.addEventListener('abort', this.#tell);
    this.#all.add(abort);
  }

  delete(abort: () => void): void {
    if (this.#all.delete(abort) && this.#all.size === 0) this.signal.removeEventListener('abort', this.#tell);
  }

  /** None of them throws: what users are told of it is reported by those who tell them. */
  readonly #tell = (): void => {
    for (const abort of this.#all) abort();
  };
}

/** What is added is called when the signal is aborted, unless it was deleted before. */
export function abortListeners(signal: AbortSignal): AbortListeners {
  let listeners = known.get(signal);
  if (!listeners) known.set(signal, (listeners = new AbortListeners(signal)));
  return listeners;
}
