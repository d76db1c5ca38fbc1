import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { programOf } from './program.js';
import type { Answer, Effort, Figures, Request } from './protocol.js';

const patienceMs = 300_000;

/** A rival in its own process, which stays warm until it is closed. */
export class RivalProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #exited: Promise<number | string | null>;

  private constructor(name: string, execArgv: string[]) {
    this.name = name;
    const { command, args } = programOf(name, execArgv);
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => {}); // it has ended, which its lines tell
    this.#child = child;
    this.#lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    this.#exited = new Promise(resolve => child.once('exit', (code, signal) => resolve(code ?? signal)));
  }

  /** Starts the process; `loading` is what it took to load the rival's package. */
  static async start(
    name: string,
    execArgv: string[] = []
  ): Promise<{ rival: RivalProcess; loading: Effort }> {
    const rival = new RivalProcess(name, execArgv);
    return { rival, loading: await rival.#answer() };
  }

  async connect(uri: string, scenario: string, collection: string, callers: number): Promise<Effort> {
    return this.#ask({ do: 'connect', uri, scenario, collection, callers });
  }

  async run(callers: number, seconds: number, calls: number): Promise<Figures> {
    return (await this.#ask({ do: 'run', callers, seconds, calls })) as Figures;
  }

  /** Lets the process close its connections and end by itself. */
  async close(): Promise<void> {
    await this.#ask({ do: 'close' });
    this.#child.stdin?.end();
    await this.#exited;
  }

  /** Ends the process, whatever it is doing. */
  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #ask(request: Request): Promise<Effort> {
    this.#child.stdin?.write(JSON.stringify(request) + '\n');
    return this.#answer();
  }

  async #answer(): Promise<Effort> {
    const answer = JSON.parse(await this.#line()) as Answer;
    if ('error' in answer) throw new Error(`${this.name}: ${answer.error}`);
    return answer;
  }

  async #line(): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new Error(`${this.name} gave no answer in ${patienceMs} ms`);
      timer = setTimeout(reject, patienceMs, error);
    });
    const { done, value } = await Promise.race([this.#lines.next(), late]).finally(() => clearTimeout(timer));
    if (done) throw new Error(`${this.name} ended with ${await this.#exited}`);
    return value;
  }
}
