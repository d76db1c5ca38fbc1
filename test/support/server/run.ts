import { execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Where an executable of this name is on PATH. */
export function onPath(name: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map(folder => join(folder, file))
    .find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a short command prints. */
export async function outputOf(command: string, args: string[], timeout = 10_000): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { timeout, killSignal: 'SIGKILL' });
  return stdout;
}

/**
 * Runs a command that reports progress on its stdout, and ends it when it stays silent: `first` milliseconds before
 * its first word, `between` milliseconds after any other.
 */
export function runUnlessSilent(
  [command, ...args]: [string, ...string[]],
  { first, between, env }: { first: number; between: number; env?: NodeJS.ProcessEnv }
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    const silence = (limit: number) => {
      errors = `no progress for ${limit / 1000} s`;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(silence, first, first);
    child.stdout.on('data', chunk => {
      clearTimeout(timer);
      timer = setTimeout(silence, between, between);
      process.stderr.write(chunk);
    });
    child.stderr.on('data', chunk => (errors += chunk));
    child.on('error', reject);
    child.on('close', code => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new Error(errors.trim() || `${command} ended with ${code}`));
    });
  });
}

/** The last line of an error's message: where commands say what went wrong. */
export function reasonOf(error: unknown): string {
  const { message, stderr } = error as { message?: string; stderr?: string };
  const lines = (stderr?.trim() || message || String(error)).trim().split('\n');
  return (lines.at(-1) ?? '').trim().slice(0, 200);
}
