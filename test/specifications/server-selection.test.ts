import { expect } from 'chai';
import type { Document } from 'mongodb';
import { seededRandom } from '../support/random';
import { describeDeployment, describeServer, readPreference } from './deployments';
import type { SpecifiedDeployment, SpecifiedServer } from './deployments';
import { driver } from './driver';
import {
  DeprioritizedServers,
  readPreferenceServerSelector,
  RTTSampler,
  writableServerSelector
} from './internals';
import type { Deprioritized } from './internals';
import { pickedAtOnce, picker } from './selections';
import { defineFolder } from './suite';

interface SelectionTest {
  topology_description: SpecifiedDeployment;
  operation?: 'read' | 'write';
  read_preference: Document;
  heartbeatFrequencyMS?: number;
  deprioritized_servers?: SpecifiedServer[];
  suitable_servers?: SpecifiedServer[];
  in_latency_window?: SpecifiedServer[];
  error?: boolean;
}

interface WindowTest {
  description: string;
  topology_description: SpecifiedDeployment;
  mocked_topology_state: { address: string; operation_count: number }[];
  iterations: number;
  outcome: { tolerance: number; expected_frequencies: Record<string, number> };
}

const { primary, nearest } = driver.ReadPreference;

describe('server selection', () => {
  const { random } = Math;

  beforeEach(() => {
    Math.random = seededRandom(1);
  });

  afterEach(() => {
    Math.random = random;
  });

  for (const path of ['server-selection/tests/server_selection', 'max-staleness/tests'] as const) {
    defineFolder({
      path,
      tests: ({ content }) => [
        ['selects the suitable servers', () => select(content as SelectionTest)],
        ['picks one of them at once', () => pick(content as SelectionTest)]
      ]
    });
  }

  defineFolder({
    path: 'server-selection/tests/in_window',
    tests: ({ content }) => [[content.description, () => distribute(content as WindowTest)]]
  });

  defineFolder({
    path: 'server-selection/tests/rtt',
    tests: ({ content }) => [['averages round trips', () => average(content)]]
  });
});

/** The selectors, which are the driver's. */
function select(test: SelectionTest): void {
  if (test.error) return void expect(() => selected(test)).to.throw(Error);
  expect(selected(test)).to.deep.equal(addresses(test.in_latency_window));
  expect(selected(test, Number.MAX_SAFE_INTEGER)).to.deep.equal(addresses(test.suitable_servers));
}

function selected(test: SelectionTest, localThresholdMS = 15): string[] {
  const { operation, topology_description, heartbeatFrequencyMS } = test;
  const deployment = describeDeployment(topology_description, { heartbeatFrequencyMS, localThresholdMS });
  const selector =
    operation === 'write'
      ? writableServerSelector()
      : readPreferenceServerSelector(readPreference(test.read_preference));
  return addresses(selector(deployment, [...deployment.servers.values()], deprioritizedIn(test)));
}

/** What the executor picks, which goes by the selectors or by what it remembers. */
async function pick(test: SelectionTest): Promise<void> {
  let picked: string[] | Error;
  try {
    picked = await pickedIn(test);
  } catch (error) {
    picked = error as Error;
  }
  if (test.error) expect(picked).to.be.an.instanceOf(Error);
  else expect(picked).to.deep.equal(addresses(test.in_latency_window));
}

function pickedIn(test: SelectionTest): Promise<string[]> {
  const { operation, topology_description, heartbeatFrequencyMS } = test;
  const preference = operation === 'write' ? primary : readPreference(test.read_preference);
  const deployment = describeDeployment(topology_description, { heartbeatFrequencyMS, localThresholdMS: 15 });
  return pickedAtOnce(deployment, preference, deprioritizedIn(test));
}

/** The one with less to do of two is picked. */
async function distribute(test: WindowTest): Promise<void> {
  const { topology_description, mocked_topology_state: state, iterations, outcome } = test;
  const operationCounts = Object.fromEntries(
    state.map(({ address, operation_count }) => [address, operation_count])
  );
  const deployment = describeDeployment(topology_description, { localThresholdMS: 15 });
  const pickOne = picker(deployment, nearest, new DeprioritizedServers(), operationCounts);
  const times: Record<string, number> = {};
  for (let i = 0; i < iterations; i++) {
    const address = (await pickOne())!;
    times[address] = (times[address] ?? 0) + 1;
  }
  for (const [address, frequency] of Object.entries(outcome.expected_frequencies)) {
    const exact = frequency === 0 || frequency === 1;
    const actual = (times[address] ?? 0) / iterations;
    expect(actual, address).to.be.closeTo(frequency, exact ? 0 : outcome.tolerance);
  }
}

function average({ avg_rtt_ms: before, new_rtt_ms: sample, new_avg_rtt: expected }: Document): void {
  const sampler = new RTTSampler();
  if (before !== 'NULL') sampler.addSample(before);
  sampler.addSample(sample);
  expect(sampler.average()).to.be.closeTo(expected, 1e-9);
}

function deprioritizedIn({ deprioritized_servers: servers = [] }: SelectionTest): Deprioritized {
  return new DeprioritizedServers(servers.map(describeServer));
}

function addresses(servers: { address: string }[] = []): string[] {
  return servers.map(({ address }) => address).sort();
}
