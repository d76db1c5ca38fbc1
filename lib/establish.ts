import { Connection as OurConnection } from './connection.js';
import { APM_EVENTS, type Connection, connect } from './driver.js';
import { isPlain, openSocket } from './open-socket.js';
import type { ReportingPool } from './pool-events.js';

/** What the driver's `connect` takes besides the pool's own options. */
interface Birth {
  readonly id: number;
  readonly generation: number;
}

/**
 * Opens a connection for a pool: stream, handshake, authentication, all by the driver.
 *
 * @throws what the handshake throws, with the generation it belongs to
 */
export async function establish(
  pool: ReportingPool,
  birth: Birth,
  events: readonly string[]
): Promise<Connection> {
  const { client } = pool.server.topology;
  try {
    const options = { ...pool.options, ...birth, cancellationToken: pool.cancellationToken };
    const connection = await connect({
      ...options,
      ...(options.connectionType === OurConnection &&
        isPlain(options) && { existingSocket: await openSocket(options) }),
      mongoLogger: pool.mongoLogger,
      authProviders: client.s.authProviders,
      metadata: client.options.metadata
    });
    if (connection.error) throw connection.error; // the peer shook hands and hung up
    for (const name of events) connection.on(name, (event: object) => pool.emit(name, event));
    if (connection instanceof OurConnection) {
      connection.heard = () =>
        APM_EVENTS.some(name => connection.listenerCount(name) > 1 || pool.hears(name));
    }
    if (pool.loadBalanced) balance(pool, connection);
    return connection;
  } catch (error) {
    (error as { connectionGeneration?: number }).connectionGeneration = birth.generation;
    throw error;
  }
}

/** Behind a load balancer, generations are counted for each service. Source: the Load Balancer specification. */
function balance(pool: ReportingPool, connection: Connection): void {
  connection.on('pinned', (type: string) => pool.metrics.markPinned(type));
  connection.on('unpinned', (type: string) => pool.metrics.markUnpinned(type));
  const service = connection.serviceId?.toHexString();
  if (service === undefined) return;
  const generation = pool.serviceGenerations.get(service) ?? 0;
  pool.serviceGenerations.set(service, generation);
  connection.generation = generation;
}
