import { MongoClient, MongoServerSelectionError } from 'mongodb';
import type { ReadPreference, TopologyDescription as Deployment } from 'mongodb';
import type { Server, Session, Topology } from '../../lib/driver';
import { selectAtOnce } from '../../lib/selection';
import { isOfficialDriver } from '../unified/driver';
import { topologyIn } from './internals';
import type { Deprioritized } from './internals';

/** Often enough for each of a few servers to be picked. */
const OFTEN = 40;

type Pick = () => Promise<string | undefined>;

/** The servers that operations are sent to without waiting: their addresses, sorted. */
export async function pickedAtOnce(
  deployment: Deployment,
  preference: ReadPreference,
  deprioritized: Deprioritized
): Promise<string[]> {
  const pick = picker(deployment, preference, deprioritized);
  const picked = new Set<string>();
  for (let i = 0; i < OFTEN; i++) {
    const address = await pick();
    if (address === undefined) break;
    picked.add(address);
  }
  return [...picked].sort();
}

/** Picks a server of a connected topology, by its address; nothing when it would have to wait for one. */
export function picker(
  deployment: Deployment,
  preference: ReadPreference,
  deprioritized: Deprioritized,
  operationCounts: Record<string, number> = {}
): Pick {
  const servers = [...deployment.servers].map(([address, description]) => {
    const operationCount = operationCounts[address] ?? 0;
    return [address, { description, s: { operationCount }, requestCheck: () => undefined }] as const;
  });
  const topology = topologyIn(new MongoClient('mongodb://a'), deployment, new Map<string, object>(servers));
  const pick = isOfficialDriver ? ofTheDriver : ofOurs;
  return async () => (await pick(topology, preference, deprioritized as never))?.description.address;
}

type From = (
  topology: Topology,
  preference: ReadPreference,
  deprioritized: Parameters<typeof selectAtOnce>[3]
) => Promise<Server | undefined>;

const ofOurs: From = async (topology, preference, deprioritized) =>
  selectAtOnce(topology, preference, { inTransaction: () => false } as Session, deprioritized);

const ofTheDriver: From = async (topology, preference, deprioritizedServers) => {
  const options = { operationName: 'test', deprioritizedServers, serverSelectionTimeoutMS: 1 };
  try {
    return await topology.selectServer(preference, options);
  } catch (error) {
    if (error instanceof MongoServerSelectionError) return undefined;
    throw error;
  }
};
