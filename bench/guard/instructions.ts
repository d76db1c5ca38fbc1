// The instructions of a call, by valgrind, where it is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Case } from './counting.js';
import { NotCounted } from './systemCalls.js';

const file = fileURLToPath(new URL('./calls.js', import.meta.url));

/** What the second process has more than the first is the calls'. A process is a quarter of a minute old before its first. */
const few = 400;
const many = 1400;

const valgrind = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null'];

/** Without V8's compilers: what they make of the code, and when, is up to the machine. */
const flags = ['--jitless', '--single-threaded'];

/**
 * Those of one caller, all of the process's, Node and garbage collection included.
 *
 * @throws NotCounted where there is no valgrind
 */
export async function instructions(asked: Case): Promise<number> {
  const [first, second] = [await counted(asked, few), await counted(asked, many)];
  return (second - first) / (many - few);
}

async function counted({ rival, scenario, uri }: Case, calls: number): Promise<number> {
  const args = [...valgrind, process.execPath, ...flags, file, rival, scenario, uri, String(calls)];
  const child = spawn('valgrind', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', chunk => (said += chunk));
  const [code] = (await once(child, 'close').catch((error: Error) => {
    throw new NotCounted(error.message);
  })) as [number | null];
  const total = totalOf(said);
  if (code !== 0 || total === undefined) throw new Error(`calls under valgrind ended with ${code}:\n${said}`);
  return total;
}

/** Of what valgrind prints: "I refs: 1,234" among other lines. */
export function totalOf(said: string): number | undefined {
  const found = /I\s+refs:\s+([\d,]+)/.exec(said)?.[1];
  return found === undefined ? undefined : Number(found.replaceAll(',', ''));
}
