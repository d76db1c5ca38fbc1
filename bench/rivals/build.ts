// Rivals in other languages are built once, into the user's cache, where each set of sources and tools has a folder.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'mongo-motor');

/** That a rival cannot be had on this machine, and why. */
export class Unavailable extends Error {}

/** Runs a tool and gives what it prints; what it says of a failure is kept for the error. */
export function outputOf(command: string, args: string[], cwd?: string): string {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd });
  if (error) throw new Unavailable(`${command} cannot be run (${(error as NodeJS.ErrnoException).code})`);
  if (status !== 0) throw new Unavailable(`${command} ${args[0]} failed: ${lastLines(stderr || stdout)}`);
  return stdout.trim();
}

const lastLines = (text: string) => text.trim().split('\n').slice(-3).join(' / ');

/** The folder that `make` has filled, now or earlier, from these sources with this tool. */
export function built(name: string, tool: string, sources: string[], make: (folder: string) => void): string {
  const hash = createHash('sha256').update(tool);
  for (const source of sources) hash.update(readFileSync(source));
  const folder = join(cache, `bench-${name}-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(folder)) makeAside(folder, make);
  return folder;
}

/** Makes it beside its place and moves it there when it is whole. */
function makeAside(folder: string, make: (folder: string) => void): void {
  const partial = `${folder}.${process.pid}`;
  console.error(`building ${folder}, once: this may take some minutes`);
  mkdirSync(partial, { recursive: true });
  try {
    make(partial);
    if (!existsSync(folder)) renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
