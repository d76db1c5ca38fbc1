import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { DiscoveringClient } from './discovering-client';
import { matchSdamEvents } from './sdam-events';
import type { Outcome } from './sdam-format';
import { asTheDriverSays } from './server-types';

/** Asserts what a phase has made of a client's view of its deployment. */
export function expectOutcome(outcome: Outcome, client: DiscoveringClient): void {
  const { servers, events, compatible, topologyType: type, ...fields } = outcome;
  const { description } = client.topology;
  expectFields(type === undefined ? fields : { type, ...fields }, description, 'the topology');
  if (compatible !== undefined) expect(description.compatible, 'compatible').to.equal(compatible);
  if (servers) {
    expect([...description.servers.keys()].sort(), 'servers').to.deep.equal(Object.keys(servers).sort());
    for (const [address, expected] of Object.entries(servers)) expectServer(expected, address, client);
  }
  const told = client.newEvents();
  if (events) matchSdamEvents(events, told);
}

function expectServer(
  { pool, error, type, ...expected }: Document,
  address: string,
  { topology }: DiscoveringClient
): void {
  const description = topology.description.servers.get(address)!;
  const { minWireVersion, maxWireVersion } = description; // 0 is the driver's for none
  const actual = {
    ...description,
    minWireVersion: minWireVersion || null,
    maxWireVersion: maxWireVersion || null
  };
  expectFields({ type: asTheDriverSays(type), ...expected }, actual, address);
  if (error) expect(description.error?.message, `error of ${address}`).to.include(error);
  if (pool) expectFields(pool, topology.s.servers.get(address)!.pool, `the pool of ${address}`);
}

/** None and null are the same. Values of BSON are compared by what they say. */
function expectFields(expected: Document, actual: Document, whose: string): void {
  for (const [name, value] of Object.entries(expected)) {
    expect(JSON.stringify(actual[name] ?? null), `${name} of ${whose}`).to.equal(JSON.stringify(value));
  }
}
