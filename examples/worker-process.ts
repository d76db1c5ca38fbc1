import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Order, Slice } from './worker';

/** The near end of a process that runs worker.ts; it ends when the signal is aborted. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  constructor(args: string[], signal: AbortSignal) {
    signal.throwIfAborted();
    this.#child = fork(join(__dirname, 'worker.ts'), args);
    this.#exited = once(this.#child, 'exit');
    signal.addEventListener('abort', () => void this.stop());
  }

  async ready(): Promise<void> {
    await this.#answer();
  }

  async run(order: Order): Promise<Slice> {
    this.#child.send(order);
    return (await this.#answer()) as Slice;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  async #answer(): Promise<unknown> {
    const ended = this.#exited.then(() => Promise.reject(new Error('A worker ended before it was done')));
    const [answer] = await Promise.race([once(this.#child, 'message'), ended]);
    return answer;
  }
}
