import { startServer } from '../support/server';
import type { Server } from '../support/server';
import { disguises, Front } from './front';
import type { RunOnRequirement } from './format';

/** What the tests need of a server: where it is and of what kind, and how to end it. */
export type Deployment = Pick<Server, 'kind' | 'uri' | 'stop'>;

export interface Variant {
  start(): Promise<Deployment>;
  /** Whether it could be what a requirement asks for: it is not started for nothing. */
  suits(requirement: RunOnRequirement): boolean;
}

const withTopology =
  (name: string) =>
  ({ topologies }: RunOnRequirement): boolean =>
    topologies?.includes(name) ?? false;

/** Servers that are not like the shared one. A cluster is played by a single server that says it is mongos. */
export const variants: Variant[] = [
  {
    start: () => startServer({ auth: { username: 'unified', password: 'secret' } }),
    suits: ({ auth }) => auth === true
  },
  {
    start: () => startServer({ standalone: true }),
    suits: withTopology('single')
  },
  {
    start: () => behind([disguises.mongos(), disguises.mongos()], ''),
    suits: withTopology('sharded')
  },
  {
    start: () => behind([disguises.loadBalancer()], 'loadBalanced=true'),
    suits: withTopology('load-balanced')
  }
];

async function behind(faces: Parameters<typeof Front.open>[1][], query: string): Promise<Deployment> {
  const server = await startServer({ own: true });
  const fronts = await Promise.all(faces.map(face => Front.open(server, face)));
  return {
    kind: server.kind,
    uri: `mongodb://${fronts.map(({ address }) => address).join()}/?${query}`,
    stop: async () => {
      for (const front of fronts) front.close();
      await server.stop();
    }
  };
}
