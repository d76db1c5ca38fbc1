import type { Collection, Document, MongoClient, MongoClientOptions } from 'mongodb';
import type { Simulator } from './simulator';
import type { SeenCommand } from './simulator-connection';
import type { Stage } from './stage';

/** A client of either library, with a server of its own. Over one connection: so its commands stay in their order. */
export interface Side {
  readonly simulator: Simulator;
  readonly users: Collection;
}

export interface Library {
  readonly MongoClient: new (uri: string, options: MongoClientOptions) => MongoClient;
}

export async function sideOf(
  stage: Stage,
  { MongoClient }: Library,
  options: MongoClientOptions
): Promise<Side> {
  const simulator = await stage.simulator();
  const client = new MongoClient(simulator.uri({ maxPoolSize: 1 }), options);
  stage.after(() => client.close());
  await client.connect();
  return { simulator, users: client.db('shop').collection('users') };
}

/** Gives what applications ask of a server from now on. */
export function listen(simulator: Simulator): () => SeenCommand[] {
  const all = (): SeenCommand[] => simulator.applications.flatMap(({ commands }) => commands);
  const before = all().length;
  return () => all().slice(before);
}

/** A command's fields in their order, less those of its session, or of each command anew. */
export function fieldsOf(command: Document, ...besides: string[]): [name: string, value: unknown][] {
  const own = ['lsid', '$clusterTime', ...besides];
  return Object.entries(command).filter(([name]) => !own.includes(name));
}
