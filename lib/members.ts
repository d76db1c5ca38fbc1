/*
 * A Set makes itself a new table every few additions, and each table, also one that nobody has any more, holds the next: once
 * the collector has moved one to its old generation, everything that was in the others stays in memory. The driver keeps
 * in Sets which sessions and cursors of a client are open, for a millisecond each: with 100 callers that was a third of a
 * query's processor time. Which of its connections are checked out a pool keeps likewise.
 */
import { Borrowed } from './borrowed.js';

/** Where an object is in the list of the one collection that it is in. */
class Place extends Borrowed {
  #index = 0;

  static of(object: object): number | undefined {
    return #index in object ? (object as Place).#index : undefined;
  }

  static set(object: object, index: number): void {
    const place = #index in object ? (object as Place) : new Place(object);
    place.#index = index;
  }
}

/** A Set of objects that come and go, each of which is in no other such set. Its order is its own. */
export class Members<T extends object> extends Set<T> {
  #list: T[] = [];

  constructor() {
    super();
  }

  override get size(): number {
    return this.#list.length;
  }

  override has(member: T): boolean {
    const index = Place.of(member);
    return index !== undefined && this.#list[index] === member;
  }

  override add(member: T): this {
    if (!this.has(member)) Place.set(member, this.#list.push(member) - 1);
    return this;
  }

  override delete(member: T): boolean {
    if (!this.has(member)) return false;
    const last = this.#list.pop()!;
    if (last === member) return true;
    const index = Place.of(member)!;
    this.#list[index] = last;
    Place.set(last, index);
    return true;
  }

  override clear(): void {
    this.#list = [];
  }

  /** Those that are in it when it begins, without those that have left until their turn comes. */
  override *values(): SetIterator<T> {
    for (const member of [...this.#list]) if (this.has(member)) yield member;
  }

  override [Symbol.iterator](): SetIterator<T> {
    return this.values();
  }

  override keys(): SetIterator<T> {
    return this.values();
  }

  override *entries(): SetIterator<[T, T]> {
    for (const member of this) yield [member, member];
  }

  override forEach(tell: (member: T, same: T, set: Set<T>) => void, self?: unknown): void {
    for (const member of this) tell.call(self, member, member, this);
  }
}
