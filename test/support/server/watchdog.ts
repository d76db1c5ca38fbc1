import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

/*
 * A small process on the other end of a pipe. However this process ends (at its end, by an uncaught error, by Ctrl-C
 * or by SIGKILL, where no handler of ours could run), the pipe closes, and the watchdog kills the servers that are
 * still running and removes their folders. So nobody's signal handling is touched.
 */
let pipe: Writable | undefined;

/** Has the folder removed, and the process killed, when this process ends. Called again, it changes the process. */
export function watch(folder: string, pid?: number): void {
  tell({ folder, pid });
}

export function unwatch(folder: string): void {
  tell({ folder, done: true });
}

function tell(message: { folder: string; pid?: number; done?: boolean }): void {
  pipe ??= startWatchdog();
  pipe.write(`${JSON.stringify(message)}\n`);
}

function startWatchdog(): Writable {
  const { NODE_V8_COVERAGE: _coverage, NODE_OPTIONS: _options, ...env } = process.env;
  const watchdog = spawn(process.execPath, [join(__dirname, 'watchdog.mjs')], {
    env,
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore']
  });
  watchdog.unref();
  const stdin = watchdog.stdin;
  (stdin as Writable & { unref(): void }).unref();
  stdin.on('error', () => undefined);
  return stdin;
}
