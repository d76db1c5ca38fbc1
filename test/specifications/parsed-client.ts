import type { MongoClient } from 'mongodb';
import { driver } from './driver';

export interface ParsedClient {
  client: MongoClient;
  /** What the process was warned of meanwhile. */
  warnings: string[];
}

/** Makes a client of a connection string, and connects it to nothing. */
export function parse(uri: string): ParsedClient {
  const { emitWarning } = process;
  const warnings: string[] = [];
  process.emitWarning = (warning: string | Error) => void warnings.push(String(warning));
  try {
    return { client: new driver.MongoClient(uri), warnings };
  } finally {
    process.emitWarning = emitWarning;
  }
}
