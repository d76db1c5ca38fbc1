import type { AbstractCursor, Document } from 'mongodb';
import { settle } from '../support/bounds';
import type { Case, Subject } from '../support/parity';

export type Make = (subject: Subject) => AbstractCursor<unknown>;

/** What a case sees of a cursor's state. */
const stateOf = (cursor: AbstractCursor<unknown>): unknown[] => [
  cursor.closed,
  cursor.killed,
  cursor.id?.toString() === '0',
  cursor.bufferedCount()
];

/** The same reads of all kinds of cursors. */
export const reads: Record<string, (make: Make) => Case> = {
  'next to the end and beyond': make => async subject => {
    const cursor = make(subject);
    const seen: unknown[] = [];
    for (let i = 0; i < 12; i++) {
      const { value, error } = await settle(subject.call(cursor, 'next'));
      seen.push(value, error, cursor.closed);
    }
    return seen;
  },
  'tryNext to the end and beyond': make => async subject => {
    const cursor = make(subject);
    const seen: unknown[] = [];
    for (let i = 0; i < 12; i++) {
      const { value, error } = await settle(subject.call(cursor, 'tryNext'));
      seen.push(value, error);
    }
    return seen;
  },
  'hasNext, again and again, and next': make => async subject => {
    const cursor = make(subject);
    const seen: unknown[] = [];
    for (let i = 0; i < 12; i++) {
      seen.push(await subject.call(cursor, 'hasNext'), await subject.call(cursor, 'hasNext'));
      if (seen.at(-1)) seen.push(await subject.call(cursor, 'next'));
    }
    return seen;
  },
  toArray: make => async subject => {
    const cursor = make(subject);
    return [await subject.call(cursor, 'toArray'), ...stateOf(cursor)];
  },
  'toArray after next, and after the end': make => async subject => {
    const cursor = make(subject);
    return [
      await subject.call(cursor, 'next'),
      await subject.call(cursor, 'toArray'),
      await subject.call(cursor, 'toArray'),
      ...stateOf(cursor)
    ];
  },
  forEach: make => async subject => {
    const seen: unknown[] = [];
    const cursor = make(subject);
    await subject.call(cursor, 'forEach', (document: unknown) => void seen.push(document));
    return [seen, ...stateOf(cursor)];
  },
  'forEach until false': make => async subject => {
    const seen: unknown[] = [];
    const cursor = make(subject);
    await subject.call(cursor, 'forEach', (document: unknown) => seen.push(document) < 5);
    return [seen, cursor.closed, cursor.killed];
  },
  'forEach with an iterator that throws': make => async subject => {
    const cursor = make(subject);
    const error = await settle(
      subject.call(cursor, 'forEach', () => {
        throw new RangeError('out of it');
      })
    );
    return [error, cursor.closed, cursor.killed];
  },
  'close before the start': make => async subject => {
    const cursor = make(subject);
    const closed = await subject.call(cursor, 'close');
    return [closed, ...stateOf(cursor), await settle(subject.call(cursor, 'toArray'))];
  },
  'close in the middle, twice': make => async subject => {
    const cursor = make(subject);
    await subject.call(cursor, 'next');
    await subject.call(cursor, 'close');
    await subject.call(cursor, 'close');
    return [...stateOf(cursor), await settle(subject.call(cursor, 'next'))];
  },
  'rewind in the middle and at the end': make => async subject => {
    const cursor = make(subject);
    const first = await subject.call(cursor, 'next');
    cursor.rewind();
    const all = await subject.call(cursor, 'toArray');
    cursor.rewind();
    return [first, all, await subject.call(cursor, 'toArray')];
  },
  'a clone, which starts anew': make => async subject => {
    const cursor = make(subject);
    await subject.call(cursor, 'next');
    return [await subject.call(cursor.clone(), 'toArray'), await subject.call(cursor, 'toArray')];
  },
  map: make => async subject => {
    const cursor = make(subject).map(document => ({ mapped: document }));
    return [await subject.call(cursor, 'next'), await subject.call(cursor, 'toArray')];
  },
  'map with a function that throws': make => async subject => {
    const cursor = make(subject).map((document: unknown) => {
      if ((document as Document)._id === 4) throw new RangeError('out of it');
      return document;
    });
    return [await settle(subject.call(cursor, 'toArray')), cursor.closed, cursor.killed];
  },
  'map to null': make => async subject => {
    const cursor = make(subject).map(() => null);
    return [await settle(subject.call(cursor, 'next')), cursor.closed];
  },
  'map with forEach, and map of map': make => async subject => {
    const seen: unknown[] = [];
    const ids = make(subject).map(document => (document as Document)._id as number);
    await subject.call(
      ids.map(id => -id),
      'forEach',
      (id: unknown) => void seen.push(id)
    );
    return seen;
  },
  'readBufferedDocuments after next': make => async subject => {
    const cursor = make(subject);
    await subject.call(cursor, 'next');
    return [cursor.bufferedCount(), cursor.readBufferedDocuments(1), cursor.readBufferedDocuments()];
  }
};
