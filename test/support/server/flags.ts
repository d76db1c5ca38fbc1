import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalKind } from './choose';
import { host } from './port';

export interface Flags {
  port: number;
  folder: string;
  standalone: boolean;
  auth: boolean;
  syncOnCommit: boolean;
}

export function replicaSetName(kind: LocalKind): string {
  return kind === 'mongod' ? 'rs0' : 'secantus';
}

export function flagsFor(kind: LocalKind, flags: Flags): string[] {
  return kind === 'mongod' ? mongodFlags(flags) : secantusFlags(flags);
}

export function dataFolder(folder: string): string {
  return join(folder, 'data');
}

function secantusFlags({ port, folder, standalone, auth, syncOnCommit }: Flags): string[] {
  return [
    ...['--host', host, '--port', String(port), '--storage-path', dataFolder(folder)],
    ...['--cache-size', '256M', '--enable-test-commands'],
    ...(standalone ? ['--standalone'] : []),
    ...(auth ? ['--auth'] : []),
    ...(syncOnCommit ? ['--sync-on-commit'] : [])
  ];
}

/** mongod keeps what it acknowledges with `j: true` as it is, so `syncOnCommit` adds nothing. */
function mongodFlags({ port, folder, standalone, auth }: Flags): string[] {
  return [
    ...['--bind_ip', host, '--port', String(port), '--dbpath', dataFolder(folder)],
    ...['--wiredTigerCacheSizeGB', '0.25', '--setParameter', 'enableTestCommands=1'],
    // Otherwise a primary asked to end waits 15 s for others to take over.
    ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    // A killed mongod would leave its socket file in the temporary folder.
    ...(process.platform === 'win32' ? [] : ['--nounixsocket']),
    ...(standalone ? [] : ['--replSet', replicaSetName('mongod')]),
    ...(auth ? ['--auth'] : []),
    ...(auth && !standalone ? ['--keyFile', keyFile(folder)] : [])
  ];
}

/** The members of a replica set with access control share a key, be it a set of one. */
function keyFile(folder: string): string {
  const file = join(folder, 'key');
  writeFileSync(file, randomBytes(48).toString('base64'), { mode: 0o600 });
  return file;
}
