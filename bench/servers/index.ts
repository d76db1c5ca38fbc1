import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Db } from 'mongodb';
import { seed } from './seed.js';

export type ServerName = 'canned' | 'real';

export interface Server {
  name: ServerName;
  uri: string;
  /** Of a real server: the database with what the scenarios find. */
  database?: Db;
  stop(): Promise<void>;
}

export interface ServerOptions {
  uri?: string | undefined;
  tls: boolean;
  /** Whether a canned server keeps what is inserted. */
  keep?: boolean;
  /** Those whose documents a real server is to hold. */
  scenarios: string[];
}

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
const cannedServer = fileURLToPath(new URL('./canned/index.js', import.meta.url));
// The tests' TypeScript is run as it stands, so this one file is not compiled either.
const realServer = fileURLToPath(new URL('../../servers/real.ts', import.meta.url));

export async function startServer(
  name: ServerName,
  { uri, tls, keep, scenarios }: ServerOptions
): Promise<Server> {
  if (name === 'canned') {
    const args = [...(tls ? ['--tls'] : []), ...(keep ? ['--keep'] : [])];
    return { name, ...(await startProcess(cannedServer, args)) };
  }
  const server = uri
    ? { uri, stop: async () => {} }
    : await startProcess(realServer, [], ['--import', 'tsx']);
  try {
    const { database, remove } = await seed(server.uri, scenarios);
    const stop = () => remove().finally(server.stop);
    return { name, uri: server.uri, database, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Runs a file that sends the address of the server it has started, and that stops when this process lets go of it. */
async function startProcess(
  file: string,
  args: string[],
  execArgv: string[] = []
): Promise<{ uri: string; stop(): Promise<void> }> {
  const child = fork(file, args, { execArgv, cwd: checkout });
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
