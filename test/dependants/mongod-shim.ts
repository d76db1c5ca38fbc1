import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Choice, chooseServer } from '../support/server/choose';
import { findMongod } from '../support/server/mongod';
import { findPythonServer, findRustServer } from '../support/server/secantus';

/** The path of a program that takes mongod's flags and says what mongod says: mongod, or another server behind a shim. */
export async function mongodLike(folder: string): Promise<string> {
  const choice = await chooseServer({
    uri: () => ({ missing: 'is not asked' }),
    mongod: findMongod,
    'secantusd-rs': findRustServer,
    'secantusd-py': findPythonServer
  });
  const { command } = choice as Exclude<Choice, { kind: 'uri' }>;
  if (choice.kind === 'mongod') return command[0];
  const path = join(folder, 'mongod.cjs');
  writeFileSync(path, shim(command), { mode: 0o755 });
  return path;
}

/** mongodb-memory-server asks for the version, passes a port and a folder, and waits for one line. */
function shim(command: string[]): string {
  return `#!${process.execPath}
const { spawn } = require('node:child_process');
const { parseArgs } = require('node:util');
const flag = { type: 'string' };
const options = { port: flag, dbpath: flag, version: { type: 'boolean' } };
const { values } = parseArgs({ args: process.argv.slice(2), options, strict: false });
if (values.version) {
  console.log('db version v8.2.11');
} else {
  const [program, ...args] = ${JSON.stringify(command)};
  args.push('--host', '127.0.0.1', '--port', values.port, '--storage-path', values.dbpath, '--standalone');
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  server.stdout.on('data', text => {
    process.stdout.write(text);
    if (String(text).includes('listening on')) console.log('Waiting for connections');
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', code => process.exit(code ?? 0));
}
`;
}
