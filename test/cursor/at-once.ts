/* What may be done with a cursor while others do something with it. */
import fc from 'fast-check';
import type { Document } from 'mongodb';
import type { FindCursor } from '../../lib';
import { sleep } from '../support/bounds';

/** What fast-check prints of it. */
const named = <T extends object>(name: string, made: T): T =>
  Object.defineProperty(made, fc.toStringMethod, { value: () => name });

type Ways = Record<string, (cursor: FindCursor) => Promise<Document[]>>;

/** By name, what a cursor gives to one who reads it to its end, alone or while others do so, too. */
const ways: Ways = {
  nextBatch: async cursor => {
    const seen: Document[] = [];
    for (let batch; (batch = await cursor.nextBatch()).length > 0;) seen.push(...batch);
    return seen;
  },
  forEach: async cursor => {
    const seen: Document[] = [];
    await cursor.forEach(document => void seen.push(document));
    return seen;
  },
  'for await': async cursor => {
    const seen: Document[] = [];
    for await (const document of cursor) seen.push(document);
    return seen;
  },
  toArray: cursor => cursor.toArray(),
  jsonBuffer: async cursor => JSON.parse(String(await cursor.jsonBuffer())) as Document[]
};

/** Of one who knows that others may have read the rest. */
const waysAmongOthers: Ways = {
  next: async cursor => {
    const seen: Document[] = [];
    for (let document; (document = await cursor.next());) {
      seen.push(document);
      if (cursor.closed) break;
    }
    return seen;
  },
  tryNext: async cursor => {
    const seen: Document[] = [];
    while (!cursor.closed) {
      const document = await cursor.tryNext();
      if (document) seen.push(document);
    }
    return seen;
  }
};

/** Of one who is alone. */
const waysAlone: Ways = {
  'next to null': async cursor => {
    const seen: Document[] = [];
    for (let document; (document = await cursor.next());) seen.push(document);
    return seen;
  },
  'hasNext and next': async cursor => {
    const seen: Document[] = [];
    while (await cursor.hasNext()) seen.push((await cursor.next())!);
    return seen;
  },
  stream: async cursor => {
    const seen: Document[] = [];
    for await (const document of cursor.stream()) seen.push(document as Document);
    return seen;
  },
  jsonStream: async cursor => {
    let text = '';
    for await (const piece of cursor.jsonStream()) text += String(piece);
    return JSON.parse(text) as Document[];
  }
};

const readersOf = (all: Ways) => Object.entries(all).map(([name, read]) => named(name, { read }));

export const readers = readersOf({ ...ways, ...waysAmongOthers });

/** Who takes the end for the end only when a cursor says so. */
export const believers = readersOf({ ...ways, ...waysAlone });

/** By name, one call. */
const single: Record<string, (cursor: FindCursor) => unknown> = {
  next: cursor => cursor.next(),
  tryNext: cursor => cursor.tryNext(),
  hasNext: cursor => cursor.hasNext(),
  nextBatch: cursor => cursor.nextBatch(),
  toArray: cursor => cursor.toArray(),
  jsonBuffer: cursor => cursor.jsonBuffer(),
  'forEach until false': cursor => cursor.forEach(({ _id }) => _id < 4),
  'for await until break': async cursor => {
    for await (const { _id } of cursor) if (_id > 4) break;
  },
  'stream until break': async cursor => {
    for await (const { _id } of cursor.stream()) if (_id > 4) break;
  },
  close: cursor => cursor.close(),
  rewind: cursor => cursor.rewind(),
  'nothing for a turn': () => sleep(0)
};

export const calls = Object.entries(single).map(([name, make]) =>
  named(name, { call: async (cursor: FindCursor) => make(cursor) })
);
