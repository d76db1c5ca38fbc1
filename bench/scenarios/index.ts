import { find1000 } from './find1000.js';
import { find10000 } from './find10000.js';
import { findOne } from './findOne.js';
import { insertOne } from './insertOne.js';
import type { Scenario } from './scenario.js';

export const scenarios: readonly Scenario[] = [findOne, insertOne, find1000, find10000];

export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find(scenario => scenario.name === name);
  if (!scenario) throw new Error(`there is no scenario '${name}'`);
  return scenario;
}
