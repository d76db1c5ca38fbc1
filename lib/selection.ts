import type { ReadPreference } from 'mongodb';
import {
  type DeprioritizedServers,
  genuine,
  readPreferenceServerSelector,
  type Server,
  type ServerSelector,
  type Session,
  type Topology,
  type TopologyDescription
} from './driver.js';

/** The primary, as long as the description it was found in is the topology's. */
const primaries = new WeakMap<Topology, { description: TopologyDescription; server: Server }>();

/**
 * The server that an operation goes to, when one that fits is known; otherwise the driver has to wait for one.
 *
 * @throws what a selector throws for a read preference that cannot be
 */
export function selectAtOnce(
  topology: Topology,
  selector: ReadPreference | ServerSelector,
  session: Session,
  deprioritized: DeprioritizedServers
): Server | undefined {
  const { description } = topology;
  const sharded = description.type === 'Sharded';
  if (topology.s.state !== 'connected' || topology.client.mongoLogger) return undefined;
  if (topology.selectServer !== genuine.selectServer) return undefined; // whoever replaced it is to be asked
  if (sharded && session.inTransaction()) return undefined; // pins a server
  if (typeof selector === 'function') return pick(topology, selector, deprioritized);
  if (sharded || selector.mode !== 'primary') {
    return pick(topology, readPreferenceServerSelector(selector), deprioritized);
  }
  const known = primaries.get(topology);
  if (known?.description === description) return known.server;
  const server = pick(topology, readPreferenceServerSelector(selector), deprioritized);
  if (server) primaries.set(topology, { description, server });
  return server;
}

/** One of two picked at random, the one with less to do. Source: the Server Selection specification. */
function pick(
  topology: Topology,
  selector: ServerSelector,
  deprioritized: DeprioritizedServers
): Server | undefined {
  const { description, s } = topology;
  const fitting = selector(description, [...description.servers.values()], deprioritized);
  if (fitting.length === 0) return undefined;
  const first = Math.floor(Math.random() * fitting.length);
  const one = s.servers.get(fitting[first]!.address);
  if (fitting.length === 1) return one;
  const second = (first + 1 + Math.floor(Math.random() * (fitting.length - 1))) % fitting.length;
  const other = s.servers.get(fitting[second]!.address);
  return one && other && other.s.operationCount < one.s.operationCount ? other : one;
}
