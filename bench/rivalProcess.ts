import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Effort, Figures, Request } from './protocol.js';

const file = fileURLToPath(new URL('./child.js', import.meta.url));
const patienceMs = 300_000;

/** A rival in its own process, which stays warm until it is closed. */
export class RivalProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;

  private constructor(name: string, execArgv: string[]) {
    this.name = name;
    this.#child = fork(file, [name], { execArgv, serialization: 'advanced' }); // which lets Infinity through
    this.#exited = new Promise(resolve => this.#child.once('exit', resolve));
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

  async close(): Promise<void> {
    await this.#ask({ do: 'close' });
    await this.end();
  }

  /** Ends the process, whatever it is doing. */
  async end(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#exited;
  }

  #ask(request: Request): Promise<Effort> {
    const answer = this.#answer();
    this.#child.send(request);
    return answer;
  }

  async #answer(): Promise<Effort> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.name} gave no answer in ${patienceMs} ms`)),
        patienceMs
      );
      const settle = (settled: () => void) => (clearTimeout(timer), settled());
      this.#child.once('message', message => settle(() => resolve(message as Answer)));
      void this.#exited.then(code => settle(() => reject(new Error(`${this.name} ended with code ${code}`))));
    });
    if ('error' in answer) throw new Error(`${this.name}: ${answer.error}`);
    return answer;
  }
}
