// What is counted of a call: nothing that a busy machine, a slow one or another one would change.

/** One call's share of a stretch of calls. */
export interface Counts {
  /** What is put on the heap, by code that V8 does not optimise: so it is the same each time, and somewhat more. */
  bytes: number;
  /** The same as a number of objects. */
  objects?: number;
  /** JavaScript functions that are called, Node's own included. */
  functions?: number;
  /** Promises that are made, that of the benchmark's own `await` included. */
  promises: number;
  /** `setTimeout` and the like. */
  timers: number;
  /** `process.nextTick` and `queueMicrotask`. */
  ticks: number;
  /** `setImmediate`. */
  immediates?: number;
  /** System calls of the main thread, but for those in {@link uncounted}. */
  systemCalls?: number;
  /** Of the processor, without V8's compilers. */
  instructions?: number;
}

export type Count = keyof Counts;

/** In the order of tables. */
export const names: readonly Count[] = [
  'promises',
  'timers',
  'immediates',
  'ticks',
  'systemCalls',
  'functions',
  'objects',
  'bytes',
  'instructions'
];

/** What another version of Node may do otherwise. */
export const ofNode: readonly Count[] = ['bytes', 'objects', 'functions', 'systemCalls', 'instructions'];

/** Waiting, locks between V8's threads, and its memory: these come when they come. */
export const uncounted: readonly string[] = [
  'epoll_wait',
  'epoll_pwait',
  'epoll_ctl',
  'futex',
  'sched_yield',
  'restart_syscall',
  'mmap',
  'munmap',
  'madvise',
  'mprotect',
  'brk',
  'getpid'
];
