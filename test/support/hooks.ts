import { stopSharedServer } from './server';

const patience = 30_000;

/** Mocha's root hooks: the server that the test files share ends with them. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await stopSharedServer();
  }
};

/**
 * The process ends when nothing is left to wait for: what a test forgot to close keeps it from that, and is named. It
 * ends by process.exit(), since Node 20 sometimes spins for ever in closing half-open sockets on its own way out.
 */
export function mochaGlobalTeardown(): void {
  process.once('beforeExit', () => process.exit());
  setTimeout(() => {
    console.error(`The tests are over, and something keeps the process alive:\n${remaining().join('\n')}`);
    process.exit(1);
  }, patience).unref();
}

function remaining(): string[] {
  const { _getActiveHandles } = process as NodeJS.Process & { _getActiveHandles(): object[] };
  const handles = _getActiveHandles.call(process).map(describe);
  return [...handles, `in all: ${process.getActiveResourcesInfo().join(', ')}`];
}

function describe(handle: object): string {
  const { pid, spawnargs, localPort, remotePort, fd } = handle as Record<string, unknown>;
  return `${handle.constructor.name} ${JSON.stringify({ pid, spawnargs, localPort, remotePort, fd })}`;
}
