// The system calls of this process, by strace, where it is there and may.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Stretch } from './counters.js';
import { uncounted } from './counts.js';

/** Why they are not counted, such as "spawn strace ENOENT". */
export class NotCounted extends Error {}

/**
 * Those of the main thread.
 *
 * @throws NotCounted where there is no strace, or it may not watch this process
 */
export async function systemCalls(stretch: Stretch): Promise<number> {
  const strace = spawn('strace', ['-c', '-p', String(process.pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  strace.stderr.on('data', chunk => (said += chunk));
  const failed = new Promise<void>(resolve =>
    strace.once('error', error => resolve(void (said = error.message)))
  );
  await Promise.race([failed, once(strace.stderr, 'data')]);
  if (!said.includes('attached')) throw new NotCounted(said.trim());
  const ended = once(strace, 'close');
  const calls = await stretch();
  strace.kill('SIGINT');
  await ended;
  return totalOf(said) / calls;
}

/** Of what strace prints: columns "% time", seconds, usecs/call, calls, errors (or none), syscall, under other lines. */
export function totalOf(said: string): number {
  const rows = said.split('\n').map(line => line.trim().split(/\s+/));
  const counted = rows.filter(
    row => /^[\d.]+$/.test(row[0]!) && !['total', ...uncounted].includes(row.at(-1)!)
  );
  return counted.reduce((sum, row) => sum + Number(row[3]), 0);
}
