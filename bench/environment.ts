// What the figures were measured with: without it they say nothing.
import { createRequire } from 'node:module';
import { cpus } from 'node:os';

const require = createRequire(import.meta.url);

export interface Environment {
  node: string;
  processors: string;
  motor: string;
  mongodb: string;
  mongodb3: string;
}

export const environment = (): Environment => ({
  node: process.version,
  processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  motor: versionOf('../../package.json'),
  mongodb: versionOf('mongodb/package.json'),
  mongodb3: versionOf('mongodb3/package.json')
});

const versionOf = (file: string) => (require(file) as { version: string }).version;
