import type { ReadPreference } from 'mongodb';
import { type SyncStyle, waitFor } from './coroutine.js';
import {
  readPreferenceServerSelector,
  type SelectServerOptions,
  type Server,
  type ServerSelector,
  type Topology,
  type TopologyDescription
} from './driver.js';

/** The primary, as long as the description it was found in is the topology's. */
const primaries = new WeakMap<Topology, { description: TopologyDescription; server: Server }>();

/**
 * Selects a server, without suspending when one that fits is known.
 *
 * @throws MongoServerSelectionError when there is none in time, and what else the driver throws
 */
export function* selectServer(
  topology: Topology,
  selector: ReadPreference | ServerSelector,
  options: SelectServerOptions
): SyncStyle<Server> {
  return atOnce(topology, selector, options) ?? (yield* waitFor(topology.selectServer(selector, options)));
}

function atOnce(
  topology: Topology,
  selector: ReadPreference | ServerSelector,
  options: SelectServerOptions
): Server | undefined {
  const { description } = topology;
  if (topology.s.state !== 'connected' || topology.client.mongoLogger) return undefined;
  if (description.type === 'Sharded' && options.session?.inTransaction()) return undefined; // pins a server
  if (typeof selector === 'function') return pick(topology, selector, options);
  if (selector.mode !== 'primary') return pick(topology, readPreferenceServerSelector(selector), options);
  const known = primaries.get(topology);
  if (known?.description === description && description.type !== 'Sharded') return known.server;
  const server = pick(topology, readPreferenceServerSelector(selector), options);
  if (server) primaries.set(topology, { description, server });
  return server;
}

/** One of two picked at random, the one with less to do. Source: the Server Selection specification. */
function pick(
  topology: Topology,
  selector: ServerSelector,
  options: SelectServerOptions
): Server | undefined {
  const { description, s } = topology;
  const fitting = selector(description, [...description.servers.values()], options.deprioritizedServers);
  if (fitting.length === 0) return undefined;
  const first = Math.floor(Math.random() * fitting.length);
  const one = s.servers.get(fitting[first]!.address);
  if (fitting.length === 1) return one;
  const second = (first + 1 + Math.floor(Math.random() * (fitting.length - 1))) % fitting.length;
  const other = s.servers.get(fitting[second]!.address);
  return one && other && other.s.operationCount < one.s.operationCount ? other : one;
}
