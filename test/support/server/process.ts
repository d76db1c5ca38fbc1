import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from './watchdog';

const readyMessage = /listening on|Waiting for connections/i;
const readyWithin = 30_000;
const ending: NodeJS.Signals[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGABRT'];

/**
 * One run of a server. Its output goes to a file: a pipe would fill up and stop the server when this process, busy
 * with a benchmark or a blocking call, does not read it.
 */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly #exited: Promise<unknown>;

  constructor([command, ...args]: [string, ...string[]], folder: string) {
    this.#log = join(folder, 'log');
    const log = openSync(this.#log, 'w');
    this.#child = spawn(command, args, { detached: true, windowsHide: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#child.unref();
    watch(folder, this.#child.pid);
    this.#exited = once(this.#child, 'exit').finally(() => watch(folder));
    this.#exited.catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async ready(): Promise<void> {
    const deadline = Date.now() + readyWithin;
    while (!readyMessage.test(this.#output())) {
      if (!this.running || Date.now() > deadline) throw this.#notReady();
      await sleep(20);
    }
  }

  /** Sends the signal, and waits for the end if it is one that ends. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    if (!this.running) return;
    this.#child.kill(signal);
    if (!ending.includes(signal)) return;
    this.#child.ref();
    await this.#exited;
  }

  /** Asks it to end in order, which closes its files, but not for ever. */
  async terminate(): Promise<void> {
    const impatience = setTimeout(() => void this.kill('SIGKILL'), 10_000);
    await this.kill('SIGTERM');
    clearTimeout(impatience);
  }

  #output(): string {
    return readFileSync(this.#log, 'utf8');
  }

  #notReady(): Error {
    const what = this.running ? `is not ready after ${readyWithin / 1000} s` : 'ended before it was ready';
    const tail = this.#output().trim().split('\n').slice(-5).join('\n');
    return new Error(`${this.#child.spawnfile} ${what}. Its last words:\n${tail}`);
  }
}
