import { MongoClient, type Db } from 'mongodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { host } from './port';

export interface Credentials {
  username: string;
  password: string;
}

/** What a fresh server needs once: mongod its replica set's first configuration, each server its first user. */
export async function prepare(port: number, replicaSet?: string, user?: Credentials): Promise<void> {
  const client = new MongoClient(`mongodb://${host}:${port}/?directConnection=true`);
  try {
    const admin = client.db('admin');
    if (replicaSet !== undefined) await initiate(admin, replicaSet, port);
    if (user) await admin.command({ createUser: user.username, pwd: user.password, roles: ['root'] });
  } finally {
    await client.close();
  }
}

async function initiate(admin: Db, replicaSet: string, port: number): Promise<void> {
  const members = [{ _id: 0, host: `${host}:${port}` }];
  await admin.command({ replSetInitiate: { _id: replicaSet, members } });
  const deadline = Date.now() + 30_000;
  while (!(await isPrimary(admin))) {
    if (Date.now() > deadline) throw new Error('The server did not become primary within 30 s');
    await sleep(50);
  }
}

async function isPrimary(admin: Db): Promise<boolean> {
  const hello = await admin.command({ hello: 1 });
  return hello.isWritablePrimary === true;
}
