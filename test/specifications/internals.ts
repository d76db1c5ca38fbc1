/*
 * What the specifications ask about and the driver keeps out of its public API. Everything else in this folder uses the
 * public API alone.
 */
/* eslint-disable @typescript-eslint/no-require-imports -- these modules have no declarations to import */
import type { EventEmitter } from 'node:events';
import type {
  Document,
  MongoClient,
  ReadPreference,
  ServerDescription as Description,
  TopologyDescription as Deployment
} from 'mongodb';
import { clientOf } from '../../lib/driver';
import type { Server, Topology } from '../../lib/driver';

/** A server's monitor, which tells its server what it has heard. */
export interface Monitor extends EventEmitter {
  connect(): void;
  requestCheck(): void;
  reset(): void;
}

export const { Monitor, RTTSampler } = require('mongodb/lib/sdam/monitor') as {
  Monitor: { prototype: Monitor };
  RTTSampler: new () => { addSample(milliseconds: number): void; average(): number };
};

export const { ServerHeartbeatSucceededEvent } = require('mongodb/lib/sdam/events') as {
  ServerHeartbeatSucceededEvent: new (
    address: string,
    duration: number,
    reply: Document,
    awaited: boolean
  ) => object;
};

/** The driver opens no connection to servers older than this. */
export const { MIN_SUPPORTED_WIRE_VERSION } = require('mongodb/lib/cmap/wire_protocol/constants') as {
  MIN_SUPPORTED_WIRE_VERSION: number;
};

export const { ServerDescription } = require('mongodb/lib/sdam/server_description') as {
  ServerDescription: new (address: string, hello?: Document, options?: object) => Description;
};

export const { TopologyDescription } = require('mongodb/lib/sdam/topology_description') as {
  TopologyDescription: new (
    type: string,
    servers: Map<string, Description>,
    setName?: string,
    maxSetVersion?: number,
    maxElectionId?: object,
    commonWireVersion?: number,
    options?: { heartbeatFrequencyMS?: number; localThresholdMS?: number }
  ) => Deployment;
};

export interface Deprioritized {
  add(description: Description): void;
}

type Selector = (
  deployment: Deployment,
  servers: Description[],
  deprioritized: Deprioritized
) => Description[];

export const { DeprioritizedServers, readPreferenceServerSelector, writableServerSelector } =
  require('mongodb/lib/sdam/server_selection') as {
    DeprioritizedServers: new (descriptions?: Iterable<Description>) => Deprioritized;
    readPreferenceServerSelector(preference: ReadPreference): Selector;
    writableServerSelector(): Selector;
  };

const { Topology: DriverTopology } = require('mongodb/lib/sdam/topology') as {
  Topology: new (client: MongoClient, hosts: readonly object[], options: object) => { readonly s: object };
};

/** A connected topology in which these servers have been found, by no means of its own. */
export function topologyIn(
  client: MongoClient,
  description: Deployment,
  servers: Map<string, object>
): Topology {
  const topology = new DriverTopology(client, client.options.hosts, client.options);
  Object.assign(topology.s, { description, servers, state: 'connected' });
  return topology as object as Topology;
}

/** A client's topology; `description` is the public class. */
export type ClientTopology = Omit<Topology, 'description'> & {
  readonly description: Deployment & { readonly maxElectionId: object | null };
  readonly s: { readonly seedlist: readonly object[] };
  serverUpdateHandler(description: Description): void;
};

export function topologyOf(client: MongoClient): ClientTopology | undefined {
  return clientOf(client).topology as object as ClientTopology | undefined;
}

export const monitorOf = (server: Server): Monitor => (server as object as { monitor: Monitor }).monitor;
