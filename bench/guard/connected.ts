import type { Rival } from '../rivals/rival.js';
import { collectionFor, type Scenario } from '../scenarios/scenario.js';
import type { Case } from './counting.js';

/** Monitors ask the server now and then: not meanwhile. And each caller has a connection from the start. */
const settled = (callers: number) => `&heartbeatFrequencyMS=3600000&maxConnecting=${callers}`;

/** Connects a rival for a case. */
export async function connectTo({ rival: name, uri, callers }: Case, rival: Rival, scenario: Scenario) {
  const collection = collectionFor(scenario, name);
  await rival.connect({ uri: uri + settled(callers), scenario, collection, callers });
}
