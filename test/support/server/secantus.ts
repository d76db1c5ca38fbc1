import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, FailureMemory } from './cache';
import type { Finding, Missing } from './choose';
import { isExecutable, onPath, outputOf, reasonOf } from './run';
import { unwatch, watch } from './watchdog';

const pythonVersion = '0.7.0b3';
const windows = process.platform === 'win32';

/** The Rust server of SecantusDB, on PATH or built by scripts/install-server.mjs. */
export async function findRustServer(): Promise<Finding | Missing> {
  const built = join(cacheFolder(), 'bin', windows ? 'secantusd-rs.exe' : 'secantusd-rs');
  const binary = onPath('secantusd-rs') ?? (isExecutable(built) ? built : undefined);
  if (binary === undefined) return { missing: `neither on PATH nor at ${built}` };
  try {
    const [name = ''] = (await outputOf(binary, ['--version'])).split('\n');
    return { command: [binary], name, why: binary === built ? 'built into the cache' : 'found on PATH' };
  } catch (error) {
    return { missing: reasonOf(error) };
  }
}

/** The Python server of SecantusDB, installed into a virtual environment in the cache on first use. */
export async function findPythonServer(): Promise<Finding | Missing> {
  const home = join(cacheFolder(), `secantusd-py-${pythonVersion}`);
  const failure = existsSync(home) ? undefined : await install(home);
  if (failure !== undefined) return { missing: failure };
  const command: Finding['command'] = [pythonIn(home), '-m', 'secantus'];
  return { command, name: `secantusd-py ${pythonVersion}`, why: 'installed by pip into the cache' };
}

function pythonIn(home: string): string {
  return windows ? join(home, 'Scripts', 'python.exe') : join(home, 'bin', 'python');
}

async function install(home: string): Promise<string | undefined> {
  const memory = new FailureMemory('secantusd-py-install');
  const known = memory.recall();
  if (known !== undefined) return known;
  const python = onPath('python3') ?? onPath('python');
  if (python === undefined) return 'no python3 on PATH';
  try {
    await installAside(python, home);
    memory.forget();
    return undefined;
  } catch (error) {
    memory.remember(reasonOf(error));
    return reasonOf(error);
  }
}

/** Installs beside `home` and moves it there when it is whole, so that what is there always works. */
async function installAside(python: string, home: string): Promise<void> {
  const partial = `${home}.${process.pid}`;
  process.stderr.write(`installing SecantusDB ${pythonVersion} into ${home}, once\n`);
  mkdirSync(cacheFolder(), { recursive: true });
  watch(partial);
  try {
    await outputOf(python, ['-m', 'venv', partial], 60_000);
    const pip = ['-m', 'pip', 'install', '--quiet', '--retries', '1', '--timeout', '30'];
    await outputOf(pythonIn(partial), [...pip, `SecantusDB==${pythonVersion}`], 180_000);
    if (!existsSync(home)) renameSync(partial, home);
  } finally {
    rmSync(partial, { recursive: true, force: true });
    unwatch(partial);
  }
}
