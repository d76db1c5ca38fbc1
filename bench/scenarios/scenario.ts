// What a scenario is.
import type * as mongodb from 'mongodb';
import type { Db, Document } from 'mongodb';
import type { ServerName } from '../servers/index.js';
import type { Callback, ObjectIdClass, Pending, Place } from './place.js';

/** The call of a scenario, ready to be made again and again. */
export interface Call {
  /** What it gives can be used with `yield*`, too, unless the scenario is for promises only. */
  start(): Pending<unknown> | Promise<unknown>;
  startWithCallback?(callback: Callback<unknown>): void;
}

/** The same as a command, for the rival that has no driver. */
export interface Wire {
  command(collection: string, ObjectId: ObjectIdClass): Document;
  /** The reply as the result that a driver makes of it. */
  resultOf(reply: Document, command: Document): unknown;
}

/** What a call measures of itself, in the place of what is measured around it. */
export interface OwnFigures {
  wallMs?: number;
  cpuMs?: number;
  /** Bytes of heap for each part of the call. */
  heapBytes?: number;
}

export interface Scenario {
  name: string;
  /** What a call is made of, where figures are wanted for each of that. */
  parts?: { unit: string; count: number };
  /** The collection; each rival has one of its own if the calls insert. */
  collection: string;
  /** How many documents a call adds to the collection: the server's count is compared with it. Default 0. */
  inserts?: number;
  /** Where it is measured; default everywhere. */
  servers?: readonly ServerName[];
  /** More callers than this, or more calls in a slice, would measure something else. */
  mostCallers?: number;
  mostCalls?: number;
  /** Whether there is a call for promises only: callers of other styles do not take part. */
  promisesOnly?: boolean;
  call(place: Place): Call;
  /** Said of each result, so cheap. */
  isRight(result: unknown): boolean;
  /** Throws an error that says what is wrong; asked once in a while, so thorough. */
  verify(result: unknown): void;
  figures?(result: unknown): OwnFigures;
  /** Without it, the rival without a driver does not take part. */
  wire?: Wire;
  /** Puts what the calls find into a real server. The driver comes as a parameter: rivals load none but their own. */
  seed?(database: Db, driver: typeof mongodb): Promise<unknown>;
  /** Rejects if a real server has not what this takes. */
  check?(database: Db): Promise<unknown>;
  /** Takes what a slice has inserted out of a real server, where it would pile up. */
  clean?(database: Db, collection: string): Promise<unknown>;
}

/** The collection that a rival uses. */
export const collectionFor = ({ collection, inserts }: Scenario, rival: string): string =>
  inserts ? `inserted_${rival}_${collection}` : collection;
