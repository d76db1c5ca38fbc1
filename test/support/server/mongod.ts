import { join } from 'node:path';
import { FailureMemory } from './cache';
import type { Finding, Missing } from './choose';
import { onPath, outputOf, reasonOf, runUnlessSilent } from './run';

const oldestMajor = 5;

/** mongod: MONGOMS_SYSTEM_BINARY, the one on PATH, the cached one of mongodb-memory-server, or a download. */
export async function findMongod(): Promise<Finding | Missing> {
  const present = await locate();
  if (present) return describe(present, 'found by mongodb-memory-server');
  const failure = await download();
  const fetched = failure === undefined ? await locate() : undefined;
  return fetched
    ? describe(fetched, 'downloaded by mongodb-memory-server')
    : { missing: failure ?? 'not found' };
}

async function locate(): Promise<string | undefined> {
  const { DryMongoBinary } = await import('mongodb-memory-server');
  const options = await DryMongoBinary.generateOptions({ systemBinary: onPath('mongod') });
  return DryMongoBinary.locateBinary(options);
}

/** Why the download failed, today or just now. It runs in a process of its own, since it cannot be called off. */
async function download(): Promise<string | undefined> {
  const memory = new FailureMemory('mongod-download');
  const known = memory.recall();
  if (known !== undefined) return known;
  try {
    await runUnlessSilent([process.execPath, join(__dirname, 'download-mongod.mjs')], {
      first: 10_000,
      between: 30_000,
      env: { MONGOMS_MAX_RETRIES: '1', ...process.env }
    });
    memory.forget();
    return undefined;
  } catch (error) {
    memory.remember(reasonOf(error));
    return reasonOf(error);
  }
}

async function describe(binary: string, why: string): Promise<Finding | Missing> {
  try {
    const version = /db version v?(\S+)/.exec(await outputOf(binary, ['--version']))?.[1];
    if (version === undefined) return { missing: `${binary} does not say its version` };
    if (parseInt(version, 10) < oldestMajor) return { missing: `${binary} is ${version}, which is too old` };
    return { command: [binary], name: `mongod ${version}`, why };
  } catch (error) {
    return { missing: reasonOf(error) };
  }
}
