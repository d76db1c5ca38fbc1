import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { seed, unseed } from './seed.js';

export type ServerName = 'canned' | 'real';

export interface Server {
  name: ServerName;
  uri: string;
  stop(): Promise<void>;
}

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
const cannedServer = fileURLToPath(new URL('./canned/index.js', import.meta.url));
// The tests' TypeScript is run as it stands, so this one file is not compiled either.
const realServer = fileURLToPath(new URL('../../servers/real.ts', import.meta.url));

export async function startServer(name: ServerName, uri?: string): Promise<Server> {
  if (name === 'canned') return { name, ...(await startProcess(cannedServer, [])) };
  const server = uri ? { uri, stop: async () => {} } : await startProcess(realServer, ['--import', 'tsx']);
  await seed(server.uri);
  return {
    name,
    uri: server.uri,
    async stop() {
      await unseed(server.uri);
      await server.stop();
    }
  };
}

/** Runs a file that sends the address of the server it has started, and that stops when this process lets go of it. */
async function startProcess(
  file: string,
  execArgv: string[]
): Promise<{ uri: string; stop(): Promise<void> }> {
  const child = fork(file, { execArgv, cwd: checkout });
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve));
  const ready = new Promise<string>(resolve =>
    child.once('message', message => resolve((message as { uri: string }).uri))
  );
  const failed = exited.then(code =>
    Promise.reject(new Error(`the server's process ended with code ${code}`))
  );
  const uri = await Promise.race([ready, failed]);
  failed.catch(() => {});
  return {
    uri,
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    }
  };
}
