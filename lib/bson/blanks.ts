/*
 * A blank is a document that has all the keys of its shape already. To copy one and fill it in is cheaper than to add
 * key after key, and a document of many keys stays one with a hidden class, where keys that are added one by one make
 * it a dictionary.
 */
import type { Document } from './library.js';
import type { Key } from './keys.js';

/** For few keys a blank gains nothing; the engine makes dictionaries of documents with more than 128. */
const FEWEST = 3;
const MOST = 240;

/** More at once make a dictionary. */
const AT_ONCE = 120;

/** What a document of another shape takes from the trust in a blank, to which one of its shape adds 1. */
const FINE = 4;
const TRUST = 64;

/**
 * The engine remembers at each place in the code how an object is copied there, for four shapes at most: so there are
 * several places.
 */
const COPIERS: readonly ((blank: Document) => Document)[] = [
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank }),
  blank => ({ ...blank })
];

/** What is expected of the documents in one place. */
export class Blank {
  readonly #copier: (blank: Document) => Document;
  readonly #empty: Document;
  #trust = TRUST;

  /**
   * @param last - documents of the shape end with this key
   * @param index - how many blanks there are before this one
   */
  constructor(
    readonly last: Key,
    names: string[],
    index: number
  ) {
    this.#copier = COPIERS[index % COPIERS.length]!;
    this.#empty = emptyOf(names);
  }

  copy(): Document {
    return this.#copier(this.#empty);
  }

  /** Whether documents still are of this shape, mostly. */
  worked(did: boolean): boolean {
    if (!did) this.#trust -= FINE;
    else if (this.#trust < TRUST) this.#trust++;
    return this.#trust > 0;
  }
}

function emptyOf(names: string[]): Document {
  const first = names.slice(0, AT_ONCE).map(name => `${JSON.stringify(name)}:null`);
  const empty: Document = JSON.parse(`{${first.join()}}`);
  for (const name of names.slice(AT_ONCE)) empty[name] = null;
  return empty;
}

/** Whether documents of these keys gain by a blank. */
export function suitsBlank(names: string[]): boolean {
  return names.length >= FEWEST && names.length <= MOST && !names.some(name => /^\d/.test(name));
}
