import { MongoClient } from 'mongodb';
import type { Document } from 'mongodb';
import type { Deployment } from './variants';

/** The server the tests run against, and what is known of it. */
export interface Environment {
  server: Deployment;
  version: string;
  topology: 'single' | 'replicaset' | 'sharded' | 'load-balanced';
  authentication: boolean;
  serverParameters: Document;
  /** The official driver, whichever is under test: it sets up, and looks at what has become of it. */
  internal: MongoClient;
}

export async function openEnvironment(server: Deployment): Promise<Environment> {
  const internal = new MongoClient(server.uri, { serverSelectionTimeoutMS: 5_000 });
  const admin = internal.db('admin');
  const hello = await admin.command({ hello: 1 });
  const { version } = await admin.command({ buildInfo: 1 });
  await killAllSessions(internal);
  return {
    server,
    version,
    topology: topologyOf(internal, hello),
    authentication: internal.options.credentials !== undefined,
    serverParameters: await admin.command({ getParameter: '*' }).catch(() => ({})),
    internal
  };
}

function topologyOf(client: MongoClient, hello: Document): Environment['topology'] {
  if (client.options.loadBalanced) return 'load-balanced';
  if (hello.msg === 'isdbgrid') return 'sharded';
  return hello.setName === undefined ? 'single' : 'replicaset';
}

/** Interrupted, Unauthorized and CommandNotFound do no harm here. */
const harmlessCodes = [11601, 13, 59];

/** An open transaction would block the tests after it. */
export async function killAllSessions(client: MongoClient): Promise<void> {
  try {
    await client.db('admin').command({ killAllSessions: [] });
  } catch (error) {
    if (!harmlessCodes.includes((error as { code?: number }).code ?? 0)) throw error;
  }
}
