// What the parent asks of a rival's process, and what it is answered: a line of JSON each, one at a time.
import type { Bounds } from './slice.js';

/** A bound that is `Infinity` is null in JSON. */
export type Request =
  | { do: 'connect'; uri: string; scenario: string; collection: string; callers: number }
  | ({ do: 'run'; callers: number } & { [bound in keyof Bounds]: number | null })
  | { do: 'close' };

/** Processor time is that of the whole process, user and system: its threads for collecting garbage included. */
export interface Effort {
  wallMs: number;
  cpuMs: number;
}

export interface Figures extends Effort {
  calls: number;
  p50Ms: number;
  p99Ms: number;
  /** Bytes of heap for each part of a call, in the scenarios that measure them. */
  heapBytes?: number;
}

/** The first comes by itself, when the rival is loaded. */
export type Answer = Effort | Figures | { error: string };
