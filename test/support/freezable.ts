import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { within } from './bounds';
import type { Attempt } from './freezable-client';

/**
 * A client in a process of its own, for bytes that may freeze it or eat its memory: it is killed then, and a new one
 * started.
 */
export class FreezableClient {
  private child: ChildProcess | undefined;

  async start(): Promise<ChildProcess> {
    if (this.child) return this.child;
    const path = join(__dirname, 'freezable-client.ts');
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const child = (this.child = fork(path, { execArgv: ['--import', 'tsx'], stdio: [...stdio] }));
    await once(child, 'spawn');
    return child;
  }

  /** Calls findOne so many times, one after another, on one client. */
  async findOne(uri: string, calls = 1, limit = 15_000): Promise<Attempt[]> {
    const child = await this.start();
    child.send({ uri, calls });
    try {
      const [attempts]: unknown[] = await within(limit, 'an answer of the client', once(child, 'message'));
      return attempts as Attempt[];
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  async kill(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
