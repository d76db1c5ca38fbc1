import type { Document, ServerDescription as Description, TopologyDescription as Deployment } from 'mongodb';
import { driver } from './driver';
import { ServerDescription, TopologyDescription } from './internals';
import { asTheDriverSays } from './server-types';

/** A server as the specifications of server selection describe it. */
export interface SpecifiedServer {
  address: string;
  type: string;
  avg_rtt_ms?: number;
  tags?: Record<string, string>;
  lastUpdateTime?: number;
  lastWrite?: { lastWriteDate: { $numberLong: string } };
  maxWireVersion?: number;
}

export interface SpecifiedDeployment {
  type: string;
  servers: SpecifiedServer[];
}

/** A deployment in the state that a test describes. */
export function describeDeployment(
  { type, servers }: SpecifiedDeployment,
  options: { heartbeatFrequencyMS?: number; localThresholdMS?: number } = {}
): Deployment {
  const descriptions = servers.map(describeServer);
  const byAddress = new Map(descriptions.map(description => [description.address, description]));
  return new TopologyDescription(type, byAddress, 'rs', undefined, undefined, undefined, options);
}

export function describeServer({ type, lastWrite, avg_rtt_ms, ...others }: SpecifiedServer): Description {
  return Object.assign(new ServerDescription(others.address), others, {
    type: asTheDriverSays(type),
    roundTripTime: avg_rtt_ms ?? -1,
    lastWriteDate: Number(lastWrite?.lastWriteDate.$numberLong ?? 0)
  });
}

/** @throws what a read preference that cannot be is refused with */
export function readPreference({
  mode,
  tag_sets,
  ...options
}: Document): InstanceType<typeof driver.ReadPreference> {
  const lower = `${mode[0].toLowerCase()}${mode.slice(1)}`;
  return new driver.ReadPreference(lower as 'primary', isEmpty(tag_sets) ? undefined : tag_sets, options);
}

/** One empty tag set asks for nothing, and is the same as none. */
function isEmpty([set, ...others]: Document[] = []): boolean {
  return others.length === 0 && Object.keys(set ?? {}).length === 0;
}
