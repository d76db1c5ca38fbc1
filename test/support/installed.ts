import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { settle } from './bounds';

const ROOT = join(__dirname, '../..');
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/;

/** Stands for this project, packed, in a manifest. */
export const THIS_PACKAGE = 'this package';

export interface Manifest {
  type?: 'commonjs' | 'module';
  dependencies: Record<string, string>;
  overrides?: Record<string, unknown>;
}

/** A folder of its own with packages in it, installed as a user would, this project from its packed tarball. */
export class App {
  private constructor(readonly folder: string) {}

  /** Installs what a manifest asks for; skips the tests of `context` when no registry can be reached. */
  static async install(context: Mocha.Context, manifest: Manifest): Promise<App> {
    context.timeout(300_000);
    const app = new App(mkdtempSync(join(tmpdir(), 'mongo-motor-app-')));
    const text = JSON.stringify({ name: 'app', version: '1.0.0', private: true, ...manifest }, null, 2);
    const us = `"${THIS_PACKAGE}"`;
    const instead = text.includes(us) ? JSON.stringify(`file:${await packed()}`) : us;
    app.write('package.json', text.replaceAll(us, instead));
    const { error } = await settle(app.#npm('install', '--prefer-offline', '--no-audit', '--no-fund'));
    if (error && UNREACHABLE.test(String(error))) {
      app.remove();
      const test = context.currentTest ?? context.test;
      if (test) test.title += ' (skipped: no package registry can be reached)';
      context.skip();
    }
    if (error) throw error;
    return app;
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Runs a file of the app with Node; gives what it prints, and fails as it fails. */
  async run(file: string, { args = [], env = {}, node = [] }: RunOptions = {}): Promise<string> {
    return execute(process.execPath, [...node, file, ...args], this.folder, env);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #npm(...args: string[]): Promise<string> {
    return execute('npm', args, this.folder);
  }
}

interface RunOptions {
  args?: string[];
  env?: NodeJS.ProcessEnv;
  /** Arguments of Node's own. */
  node?: string[];
}

let tarball: Promise<string> | undefined;

/** This project, packed once for all apps of this process. */
function packed(): Promise<string> {
  return (tarball ??= pack());
}

async function pack(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mongo-motor-packed-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await execute('npm', ['pack', '--silent', '--pack-destination', folder], ROOT);
  const name = readdirSync(folder).find(file => file.endsWith('.tgz'))!;
  return join(folder, name);
}

async function execute(
  command: string,
  args: string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {}
): Promise<string> {
  // a coverage run would count what is installed, too, and these two would reach into the child's module loading
  const { NODE_V8_COVERAGE: _coverage, NODE_OPTIONS: _options, ...inherited } = process.env;
  const options = { cwd, env: { ...inherited, ...env }, timeout: 240_000, maxBuffer: 64 << 20 };
  const { stdout } = await promisify(execFile)(command, args, options);
  return stdout;
}
