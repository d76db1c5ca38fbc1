// What the figures were measured with: without it they say nothing.
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { natives } from './rivals/natives.js';

const require = createRequire(import.meta.url);
const legacy = createRequire(require.resolve('mongodb-legacy'));

export interface Environment {
  node: string;
  processors: string;
  motor: string;
  mongodb: string;
  mongodb3: string;
  /** And that of the driver it comes with. */
  'mongodb-legacy': string;
  mongoose: string;
  /** Of the rivals in other languages that took part: the driver's version, and that of what compiled or runs it. */
  natives: Record<string, string>;
}

export const environment = (rivals: readonly string[]): Environment => ({
  node: process.version,
  processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  motor: versionOf('../../package.json'),
  mongodb: versionOf('mongodb/package.json'),
  mongodb3: versionOf('mongodb3/package.json'),
  'mongodb-legacy': `${versionOf('mongodb-legacy/package.json')}, mongodb ${versionOf('mongodb/package.json', legacy)}`,
  mongoose: versionOf('mongoose/package.json'),
  natives: Object.fromEntries(
    rivals.filter(rival => rival in natives).map(rival => [rival, natives[rival]!().version])
  )
});

const versionOf = (file: string, from = require) => (from(file) as { version: string }).version;
