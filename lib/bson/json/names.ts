/*
 * A document is written in the order of its bytes. JavaScript orders its keys otherwise when some are numbers, and has
 * but one of two that are the same; and some names give a document another meaning. Such documents are not written so.
 */
import { Literal } from './output.js';
import { type Key, pathTo } from '../keys.js';

/** A key as JSON has it: a string and a colon. */
export interface JsonName {
  readonly text: Literal;
  /** The number that this key is, while all up to it are indexes of arrays; then Infinity. */
  readonly index: number;
  /** By how many keys it comes after the first. */
  readonly depth: number;
}

/** Beyond this depth a key is taken for data, and not compared with all before it once and for all. */
const MOST = 250;

const INDEX = /^(?:0|[1-9]\d{0,9})$/;
const BEYOND_INDEXES = 2 ** 32 - 1;

const ODD: ReadonlySet<string> = new Set(['$ref', '__proto__', '_bsontype']);

const START: JsonName = { text: new Literal(''), index: -1, depth: 0 };

/** The key as JSON has it, made once; null when the document may be none that is written in its order. */
export function nameOf(key: Key): JsonName | null {
  if (key.json === undefined) key.json = key.before === undefined ? START : nameAfter(key.before, key.name);
  return key.json;
}

function nameAfter(key: Key, name: string): JsonName | null {
  const before = nameOf(key);
  if (before === null || before.depth === MOST || isAmong(name, key)) return null;
  const index = indexAfter(before.index, name);
  if (index === undefined) return null;
  return { text: new Literal(`${JSON.stringify(name)}:`), index, depth: before.depth + 1 };
}

/** Undefined when the document is none that is written in its order. */
function indexAfter(before: number, name: string): number | undefined {
  if (ODD.has(name)) return undefined;
  if (!INDEX.test(name) || Number(name) >= BEYOND_INDEXES) return Infinity;
  return Number(name) > before ? Number(name) : undefined;
}

function isAmong(name: string, last: Key): boolean {
  for (let key = last; key.before !== undefined; key = key.before) if (key.name === name) return true;
  return false;
}

/** The names of one document, where they are data and nothing remembers them. */
export class Names {
  readonly #seen: Set<string>;
  #index: number;

  /** @param last - the key up to which they are remembered */
  constructor(last: Key) {
    this.#seen = new Set(pathTo(last).map(({ name }) => name));
    this.#index = nameOf(last)!.index;
  }

  /** Whether the document is one that is written in its order, with this name as well. */
  add(name: string): boolean {
    const index = indexAfter(this.#index, name);
    if (index === undefined || this.#seen.has(name)) return false;
    this.#index = index;
    this.#seen.add(name);
    return true;
  }
}
