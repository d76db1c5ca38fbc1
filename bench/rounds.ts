// The order of play: all rivals are warmed up, then each has a slice in each round, one at a time.
import { rowOf, type Cell } from './cell.js';
import type { Options } from './options.js';
import type { Figures } from './protocol.js';
import type { RivalProcess } from './rivalProcess.js';
import { baseline } from './rivals/index.js';
import { collectionFor, type Scenario } from './scenarios/scenario.js';
import type { Server } from './servers/index.js';

export async function measureCell(
  server: Server,
  scenario: Scenario,
  callers: number,
  rivals: RivalProcess[],
  { rounds, seconds, warmup, ...options }: Options
): Promise<Cell> {
  const calls = Math.min(options.calls, scenario.mostCalls ?? Infinity);
  const slice = async (rival: RivalProcess, seconds: number) => {
    const figures = await rival.run(callers, seconds, calls);
    if (server.database) await scenario.clean?.(server.database, collectionFor(scenario, rival.name));
    return figures;
  };
  for (const rival of rivals) {
    await rival.connect(server.uri, scenario.name, collectionFor(scenario, rival.name), callers);
    if (warmup > 0) await slice(rival, warmup);
  }
  const figures = new Map<string, Figures[]>(rivals.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const rival of rotated(rivals, round)) figures.get(rival.name)!.push(await slice(rival, seconds));
  const rows = [...figures].map(([name, slices]) => rowOf(name, scenario, slices, figures.get(baseline)));
  const { name, parts } = scenario;
  return { server: server.name, scenario: name, ...(parts && { parts }), callers, rounds, rows };
}

/** Each round begins with another rival, so that none always follows the same one. */
export const rotated = <T>(list: readonly T[], by: number): T[] => {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
};
