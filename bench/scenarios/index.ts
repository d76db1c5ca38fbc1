import { bulkInsert } from './bulkInsert.js';
import { changeStream } from './changeStream.js';
import { connectionStorm } from './connectionStorm.js';
import { find10 } from './find10.js';
import { find1000 } from './find1000.js';
import { find10000 } from './find10000.js';
import { findIterate } from './findIterate.js';
import { findOne } from './findOne.js';
import { gridfsDownload } from './gridfsDownload.js';
import { gridfsUpload } from './gridfsUpload.js';
import { insertOne } from './insertOne.js';
import { largeDocument } from './largeDocument.js';
import { mixed } from './mixed.js';
import type { Scenario } from './scenario.js';
import { waiting } from './waiting.js';

export const scenarios: readonly Scenario[] = [
  findOne,
  insertOne,
  mixed,
  largeDocument,
  find10,
  find1000,
  find10000,
  findIterate,
  bulkInsert,
  gridfsUpload,
  gridfsDownload,
  changeStream,
  connectionStorm,
  waiting
];

export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find(scenario => scenario.name === name);
  if (!scenario) throw new Error(`there is no scenario '${name}'`);
  return scenario;
}
