import { Blank, suitsBlank } from './blanks.js';
import { Key, pathTo } from './keys.js';

/** How many keys are remembered, some 400 bytes each, or turn out to be data, before everything is forgotten. */
const LIMIT = 20_000;

/** How many blanks there may be. */
const ENOUGH = 64;

/** So many documents in a row of one shape are followed by more, presumably. */
const STREAK = 8;

/** All the shapes of documents that are read, or that are written. */
export class Tree {
  /** How often a key was not one that had been before. */
  #effort = 0;
  /** How many blanks have been made. */
  blanks = 0;
  #root = new Level(this);

  /** Where the outermost documents are. */
  get root(): Level {
    if (this.#effort > LIMIT) {
      this.#effort = this.blanks = 0;
      this.#root = new Level(this);
    }
    return this.#root;
  }

  /** Counts a key that is new. Whether there have been too many for one more to be remembered. */
  exhausted(): boolean {
    return ++this.#effort > LIMIT;
  }
}

/** Where documents are that come after one another: the outermost, or those of one key. */
export class Level {
  /** What is expected of their keys. */
  blank: Blank | undefined = undefined;
  /** Whether the one before had few keys. */
  few = false;
  /** Whether all of them had only keys of their own, and inherited none. */
  own = true;
  /** Whether one of them had a `$ref`. */
  mayRefer = false;
  /** How many there have been. */
  documents = 0;
  /** What comes before their first key. */
  readonly first: Key;
  #last: Key | undefined = undefined;
  #streak = 0;

  constructor(readonly tree: Tree) {
    this.first = new Key(this, undefined);
  }

  below(): Level {
    return new Level(this.tree);
  }

  /** One has ended with this key, that was read without a blank. */
  ended(last: Key): void {
    this.documents++;
    if (last !== this.#last) {
      this.#last = last;
      this.#streak = 0;
    } else if (++this.#streak === STREAK && this.tree.blanks < ENOUGH) {
      this.#makeBlank(last);
    }
  }

  /** One has ended with this key, that was read with the blank. Whether it was of its shape. */
  fitted(last: Key, blank: Blank): boolean {
    this.documents++;
    const fits = last === blank.last;
    if (!blank.worked(fits)) this.blank = undefined;
    return fits;
  }

  /** One has a key that is not remembered. */
  strayed(): void {
    this.documents++;
    if (this.blank?.worked(false) === false) this.blank = undefined;
  }

  #makeBlank(last: Key): void {
    const names = pathTo(last).map(({ name }) => name);
    if (suitsBlank(names)) this.blank = new Blank(last, names, this.tree.blanks++);
  }
}
