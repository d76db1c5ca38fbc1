/*
 * Documents of one collection mostly have the same keys in the same order. So each key remembers which key came after
 * it: the next document is read by comparing bytes with bytes, which makes no string, and written by comparing names
 * by identity and copying bytes.
 *
 * Where keys are data, as in a map from names to values, there is nothing to remember. A key that has had too many
 * others after it sends all further ones to a place of their own, `others`, where no names are kept; and a document
 * adds only so many keys to those that documents before it had.
 */
import type { JsonName } from './json/names.js';
import type { Level } from './levels.js';
import { LUCK } from './short-text.js';
import { utf8Slice } from './text.js';
import { equal, maskFor, wordsOf } from './words.js';

/** How many keys one key remembers after it. */
const BREADTH = 32;

/** How many new keys a document may add, beside twice as many as it has in common with documents before. */
const AT_ONCE = 16;

/** Longer keys, in bytes, are data. */
const LONGEST = 100;

const NONE: readonly Key[] = [];
const NO_BYTES = new Uint8Array(0);

/** A key, at its place in documents of a shape: there is one way to it from the first. */
export class Key {
  /** The key that came after this one the last time. */
  next: Key | undefined = undefined;
  /** What it is in JSON, once that has been asked for: see `nameOf`. */
  json: JsonName | null | undefined = undefined;
  /** See `Place`: here its strings are. */
  luck = LUCK;
  /** False when this is no key of a document: it comes before the first one, or stands for `others`. */
  readonly known: boolean;
  /** An element's bytes before its value: a type, here 0, the name, a zero byte. How many they are. */
  readonly size: number;
  /** How many bytes are read to compare with those. */
  readonly reach: number;
  /** Those bytes, in groups of four: mostly, there are no more than the first three. */
  readonly words: Int32Array;
  readonly first: number;
  readonly second: number;
  readonly third: number;
  /** Which bits of these are the name's or its zero byte's. */
  readonly firstMask: number;
  readonly secondMask: number;
  readonly thirdMask: number;
  readonly #depth: number;
  readonly #born: number;
  /** How many keys before this one were there when it was new. */
  readonly #base: number;
  #seen: Key[] | undefined = undefined;
  #inside: Level | undefined = undefined;
  #others: Key | undefined = undefined;

  /**
   * @param level - where the documents are that have this key
   * @param before - the key before it
   * @param bytes - its name as UTF-8, without a zero byte
   */
  constructor(
    readonly level: Level,
    readonly before: Key | undefined,
    readonly name = '',
    private readonly bytes: Uint8Array = NO_BYTES
  ) {
    this.known = bytes.length > 0;
    if (name === '$ref') level.mayRefer = true;
    this.size = bytes.length + 2;
    this.words = wordsOf(bytes);
    this.reach = Math.max(12, 4 * this.words.length);
    [this.first, this.second, this.third] = [this.words[0]!, this.words[1] ?? 0, this.words[2] ?? 0];
    this.firstMask = maskFor(this.size) & ~0xff;
    this.secondMask = maskFor(this.size - 4);
    this.thirdMask = maskFor(this.size - 8);
    this.#depth = before === undefined ? 0 : before.#depth + 1;
    this.#born = level.documents;
    this.#base = before === undefined ? 0 : before.#old;
  }

  /** Where the documents are that are this key's value, or in an array that is. */
  get inside(): Level {
    return (this.#inside ??= this.level.below());
  }

  /** Stands for all keys after this one that are not remembered, and for all after them. */
  get others(): Key {
    return this.#others ?? this.#makeOthers();
  }

  /** The key of these bytes after this one; `others` when it is not remembered. */
  withBytes(from: Buffer, start: number, end: number): Key {
    for (const key of this.#seen ?? NONE) if (equal(key.bytes, from, start, end)) return (this.next = key);
    if (!this.#mayRemember(end - start)) return this.others;
    return this.#remember(utf8Slice(from, start, end), Uint8Array.prototype.slice.call(from, start, end));
  }

  /** The key of this name after this one; `others` when it is not remembered. */
  withName(name: string): Key {
    for (const key of this.#seen ?? NONE) if (key.name === name) return (this.next = key);
    if (!this.#mayRemember(name.length) || name.includes('\0')) return this.others;
    return this.#remember(name, Buffer.from(name));
  }

  #mayRemember(length: number): boolean {
    const exhausted = this.level.tree.exhausted();
    if (exhausted || length === 0 || length > LONGEST || this.#others === this) return false;
    return (this.#seen === undefined || this.#seen.length < BREADTH) && this.#depth < 3 * this.#old + AT_ONCE;
  }

  /** How many keys up to this one documents before had. */
  get #old(): number {
    return this.#born < this.level.documents ? this.#depth : this.#base;
  }

  #remember(name: string, bytes: Uint8Array): Key {
    const key = new Key(this.level, this, name, bytes);
    (this.#seen ??= []).push(key);
    return (this.next = key);
  }

  #makeOthers(): Key {
    const others = new Key(this.level, undefined);
    return (this.#others = others.#others = others);
  }
}

/** The keys up to this one, in their order. */
export function pathTo(last: Key): Key[] {
  const keys: Key[] = [];
  let key = last;
  while (key.before !== undefined) {
    keys.push(key);
    key = key.before;
  }
  return keys.reverse();
}
