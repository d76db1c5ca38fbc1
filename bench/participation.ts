// Who takes part in which scenario, and with how many callers.
import { natives } from './rivals/natives.js';
import type { Scenario } from './scenarios/scenario.js';
import type { Server } from './servers/index.js';

/** The scenarios of which Mongoose and the rivals in other languages have the calls, too. */
const common = [
  'findOne',
  'insertOne',
  'find10',
  'find1000',
  'find10000',
  'mixed',
  'largeDocument',
  'bulkInsert'
];

/** Whether a rival has calls for a scenario. */
export function takesPart(rival: string, { name, promisesOnly, wire }: Scenario): boolean {
  if (rival === 'raw') return wire !== undefined;
  if (rival in natives || rival.startsWith('mongoose')) return common.includes(name);
  return !promisesOnly || !/^legacy$|-(callback|yield)$/.test(rival);
}

/** The numbers of callers that are asked for, as far as they make sense in the scenario. */
export function callersIn({ mostCallers = Infinity }: Scenario, callers: readonly number[]): number[] {
  const fitting = callers.filter(number => number <= mostCallers);
  return fitting.length > 0 ? fitting : [mostCallers];
}

/** Why a scenario cannot be measured on a server, if it cannot. */
export async function obstacle(scenario: Scenario, server: Server): Promise<string | undefined> {
  const { servers, check } = scenario;
  if (servers && !servers.includes(server.name)) return `it needs the ${servers.join(' or ')} server`;
  try {
    if (server.database) await check?.(server.database);
    return undefined;
  } catch (error) {
    return `the server answers: ${(error as Error).message}`;
  }
}
