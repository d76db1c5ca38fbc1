// The order of play: all rivals are warmed up, then each has a slice in each round, one at a time.
import { rowOf, type Cell } from './cell.js';
import { collectionOf } from './documents.js';
import type { Options } from './options.js';
import type { Figures } from './protocol.js';
import type { RivalProcess } from './rivalProcess.js';
import { baseline } from './rivals/index.js';
import { scenarioNamed } from './scenarios/index.js';
import type { Server } from './servers/index.js';

export async function measureCell(
  server: Server,
  scenarioName: string,
  callers: number,
  rivals: RivalProcess[],
  { rounds, seconds, warmup, calls }: Options
): Promise<Cell> {
  const scenario = scenarioNamed(scenarioName);
  for (const rival of rivals) {
    const collection = scenario.finds > 0 ? collectionOf(scenario.finds) : `inserted_${rival.name}`;
    await rival.connect(server.uri, scenario.name, collection, callers);
    if (warmup > 0) await rival.run(callers, warmup, calls);
  }
  const figures = new Map<string, Figures[]>(rivals.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const rival of rotated(rivals, round))
      figures.get(rival.name)!.push(await rival.run(callers, seconds, calls));
  const rows = [...figures].map(([name, slices]) => rowOf(name, scenario, slices, figures.get(baseline)));
  return { server: server.name, scenario: scenario.name, callers, rounds, rows };
}

/** Each round begins with another rival, so that none always follows the same one. */
export const rotated = <T>(list: readonly T[], by: number): T[] => {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
};
