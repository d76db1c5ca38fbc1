import { chooseServer, describeChoice, type Choice, type Probes } from './server/choose';
import { LocalServer } from './server/local';
import { findMongod } from './server/mongod';
import { reachServer } from './server/remote';
import { findPythonServer, findRustServer } from './server/secantus';
import type { Server, ServerOptions } from './server/types';

export type { Server, ServerOptions } from './server/types';

/*
 * A server to run against, for examples, tests and benchmarks alike: MONGODB_URI if it is set, otherwise mongod by
 * mongodb-memory-server, otherwise SecantusDB, which is real enough: a separate process that speaks the wire protocol
 * over WiredTiger. What is started here ends with this process, however that ends.
 */
const probes: Probes = {
  uri: () => {
    const uri = process.env.MONGODB_URI;
    return uri ? { uri } : { missing: 'is not set' };
  },
  mongod: findMongod,
  'secantusd-rs': findRustServer,
  'secantusd-py': findPythonServer
};

/** Finds a server and starts it, unless it is the user's own. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const choice = await (isSpecial(options) ? localChoice() : anyChoice());
  return choice.kind === 'uri' ? reachServer(choice.uri) : LocalServer.start(choice, options);
}

let shared: Promise<Server> | undefined;

/** The one server of this process, for tests that ask nothing special of it. */
export function sharedServer(): Promise<Server> {
  return (shared ??= startServer());
}

export async function stopSharedServer(): Promise<void> {
  const server = await shared;
  shared = undefined;
  await server?.stop();
}

const anyChoice = once(() => announce(chooseServer(probes)));

const localChoice = once(async () => {
  const choice = await anyChoice();
  if (choice.kind !== 'uri') return choice;
  const uri = () => ({ missing: 'cannot give a test a server of its own' });
  return (await announce(chooseServer({ ...probes, uri }))) as Exclude<Choice, { kind: 'uri' }>;
});

function isSpecial({ standalone, args, syncOnCommit, auth, own }: ServerOptions): boolean {
  return !!(standalone || args || syncOnCommit || auth || own);
}

async function announce(choosing: Promise<Choice>): Promise<Choice> {
  const choice = await choosing;
  process.stderr.write(`${describeChoice(choice)}\n`);
  return choice;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
