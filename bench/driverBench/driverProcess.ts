import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Request } from './protocol.js';

const file = fileURLToPath(new URL('./child.js', import.meta.url));

/** What went wrong in a driver's process. */
export class DriverError extends Error {
  readonly driver: string;

  constructor(driver: string, message: string) {
    super(message);
    this.driver = driver;
  }
}

/** A driver in a process of its own. */
export class DriverProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  constructor(name: string, path: string) {
    this.name = name;
    this.#child = fork(file, [path]);
    this.#exited = new Promise(resolve => this.#child.once('exit', resolve));
  }

  /** Rejects with a `DriverError`, also when the process has ended. */
  async ask(request: Request): Promise<{ bytes: number; ms: number; cpuMs: number }> {
    const answered = new Promise<Answer>(resolve =>
      this.#child.once('message', message => resolve(message as Answer))
    );
    const gone = this.#exited.then(code => ({ error: `the process ended with code ${code}` }));
    this.#child.send(request);
    const answer = await Promise.race([answered, gone]);
    if ('error' in answer) throw new DriverError(this.name, answer.error);
    return { bytes: NaN, ms: NaN, cpuMs: NaN, ...answer };
  }

  async end(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#exited;
  }
}
