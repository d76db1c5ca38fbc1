import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Choice, LocalKind } from './choose';
import { dataFolder, flagsFor, replicaSetName } from './flags';
import { freePort, host } from './port';
import { prepare } from './prepare';
import { ServerProcess } from './process';
import type { Server, ServerOptions } from './types';
import { unwatch } from './watchdog';

type LocalChoice = Extract<Choice, { kind: LocalKind }>;

/** A server of ours: a process on a port of its own, with its storage in a temporary folder. */
export class LocalServer implements Server {
  readonly host = host;
  readonly #folder = mkdtempSync(join(tmpdir(), 'mongo-motor-'));
  readonly #choice: LocalChoice;
  readonly #options: ServerOptions;
  #process?: ServerProcess;

  private constructor(
    choice: LocalChoice,
    options: ServerOptions,
    readonly port: number
  ) {
    this.#choice = choice;
    this.#options = options;
    mkdirSync(dataFolder(this.#folder));
  }

  static async start(choice: LocalChoice, options: ServerOptions): Promise<LocalServer> {
    const server = new LocalServer(choice, options, await freePort());
    try {
      await server.#start();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  get kind(): LocalKind {
    return this.#choice.kind;
  }

  get name(): string {
    return this.#choice.name;
  }

  get uri(): string {
    const { auth, standalone } = this.#options;
    const user = auth ? `${encodeURIComponent(auth.username)}:${encodeURIComponent(auth.password)}@` : '';
    const query = new URLSearchParams({
      ...(auth && { authSource: 'admin' }),
      ...(!standalone && { replicaSet: replicaSetName(this.kind) })
    });
    return `mongodb://${user}${host}:${this.port}/?${query}`;
  }

  get pid(): number | undefined {
    return this.#process?.running ? this.#process.pid : undefined;
  }

  /** By SIGKILL, since there is nothing to save: the storage is removed with it. */
  async stop(): Promise<void> {
    await this.#process?.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
    unwatch(this.#folder);
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    await this.#process?.kill(signal);
  }

  async restart(): Promise<void> {
    await this.#process?.terminate();
    await this.#run(this.#options);
  }

  /** A fresh server is first started plainly when that is needed to configure it. */
  async #start(): Promise<void> {
    const { standalone = false, args, auth } = this.#options;
    const initiate = this.kind === 'mongod' && !standalone;
    if (!initiate && !auth) return this.#run(this.#options);
    await this.#run({ standalone });
    await prepare(this.port, initiate ? replicaSetName(this.kind) : undefined, auth);
    if (auth || args) await this.restart();
  }

  async #run({ standalone = false, auth, syncOnCommit = false, args = [] }: ServerOptions): Promise<void> {
    const flags = { port: this.port, folder: this.#folder, standalone, auth: !!auth, syncOnCommit };
    const extra = typeof args === 'function' ? args(this.kind) : args;
    const command = [...this.#choice.command, ...flagsFor(this.kind, flags), ...extra];
    this.#process = new ServerProcess(command as [string, ...string[]], this.#folder);
    await this.#process.ready();
  }
}
