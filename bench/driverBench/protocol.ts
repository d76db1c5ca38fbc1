// What the parent asks of a driver's process, and what it is answered.

export type Request =
  | { do: 'start'; uri: string; database: string; data: string; share: number }
  | { do: 'setUp'; name: string }
  | { do: 'iterate' }
  | { do: 'tearDown' }
  | { do: 'stop' };

/** `bytes` is what an iteration works on; `ms` what the last one took, and `cpuMs` of the process's processor time. */
export type Answer = { bytes?: number; ms?: number; cpuMs?: number } | { error: string };
