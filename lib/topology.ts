import { copyWith, type Server, type Topology } from './driver.js';
import { Pool } from './pool.js';

/**
 * Gives every server that this topology will have our pool, before it is used. The topology makes its servers itself,
 * with the driver's pool, and keeps them in `s.servers` in the same turn: that is where they are met.
 */
export function injectPool(topology: Topology): void {
  topology.s = withOurServers(topology.s);
}

function withOurServers(state: Topology['s']): Topology['s'] {
  let servers = new Servers(state.servers);
  const ours = {
    get: () => servers,
    set: (made: Map<string, Server>) => {
      servers = new Servers(made);
    },
    enumerable: true,
    configurable: true
  };
  return copyWith(state, { servers: ours });
}

class Servers extends Map<string, Server> {
  override set(address: string, server: Server): this {
    if (!(server.pool instanceof Pool)) inject(server);
    return super.set(address, server);
  }
}

function inject(server: Server): void {
  discard(server.pool);
  const options = { hostAddress: server.description.hostAddress, ...server.s.options };
  const pool = new Pool(server, options, pipeliningOf(server.topology));
  pool.relay();
  pool.on('clusterTimeReceived', clusterTime => {
    server.clusterTime = clusterTime;
  });
  server.pool = pool;
}

/** How many operations may share a connection of a topology: see the client's option `pipelining`. */
function pipeliningOf({ client, loadBalanced, s }: Topology): number | undefined {
  const { compressors, credentials, socketTimeoutMS } = s.options;
  if (loadBalanced || socketTimeoutMS || compressors?.some(name => name !== 'none')) return 1;
  if (credentials?.mechanism === 'MONGODB-OIDC') return 1; // it may have to authenticate again in between
  return client.pipelining;
}

/** The driver's pool is not ready, and has nothing yet; only the event of its making is on its way. */
function discard(pool: Server['pool']): void {
  pool.removeAllListeners();
  pool.mongoLogger = undefined;
}
