import { fork } from 'node:child_process';
import { once } from 'node:events';
import { within } from './bounds';

/** Runs a TypeScript file in a process of its own, and gives the one message that it sends. */
export async function messageOf<T>(path: string, args: string[] = [], limit = 15_000): Promise<T> {
  const child = fork(path, args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc']
  });
  try {
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code}`)));
    const message = once(child, 'message').then(([sent]) => sent as T);
    return await within(limit, `a message of ${path}`, Promise.race([message, ended]));
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL');
  }
}
