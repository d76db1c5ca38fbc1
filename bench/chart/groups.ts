// What of the results is drawn: one group of bars for each scenario on each server.
import type { Cell, Row } from '../cell.js';

export interface Choice {
  /** The number of callers; where a scenario has none with so many, the nearest below. */
  callers: number;
  /** All, if not given. */
  scenarios?: string[] | undefined;
  rivals?: string[] | undefined;
}

export interface Group {
  title: string;
  rows: Row[];
}

const isWarm = (cell: Partial<Cell>): boolean => cell.callers !== undefined; // a cold start has no callers

function titleOf({ scenario, callers, server }: Cell): string {
  return `${scenario}, ${callers} ${callers === 1 ? 'caller' : 'callers'}, ${server} server`;
}

export function groupsOf(cells: readonly Cell[], { callers, scenarios, rivals }: Choice): Group[] {
  const nearest = new Map<string, Cell>();
  for (const cell of cells.filter(isWarm)) {
    const key = `${cell.server} ${cell.scenario}`;
    if (scenarios && !scenarios.includes(cell.scenario)) continue;
    const best = nearest.get(key);
    if (cell.callers <= callers && !(best && best.callers > cell.callers)) nearest.set(key, cell);
  }
  return [...nearest.values()].map(cell => ({
    title: titleOf(cell),
    rows: cell.rows.filter(({ rival }) => !rivals || rivals.includes(rival))
  }));
}
