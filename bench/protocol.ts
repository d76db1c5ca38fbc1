// What the parent asks of a rival's process, and what it is answered.
import type { Bounds } from './slice.js';

export type Request =
  | { do: 'connect'; uri: string; scenario: string; collection: string; callers: number }
  | ({ do: 'run'; callers: number } & Bounds)
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
}

export type Answer = Effort | Figures | { error: string };
