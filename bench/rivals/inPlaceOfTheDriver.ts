// This library in the driver's place for one package, as npm's `overrides` would put it there.
import { createRequire, Module } from 'node:module';
import { sep } from 'node:path';

type Resolve = (request: string, parent: { filename?: string } | undefined, ...rest: unknown[]) => string;

const ours = createRequire(new URL('../../../package.json', import.meta.url));

/** From now on, whatever the files of `dependant` require of `mongodb` comes from this checkout. */
export function putInPlaceOfTheDriver(dependant: string): void {
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const resolve = loader._resolveFilename;
  const folder = `${sep}node_modules${sep}${dependant}${sep}`;
  loader._resolveFilename = function (request, parent, ...rest) {
    return /^mongodb(\/|$)/.test(request) && parent?.filename?.includes(folder)
      ? ours.resolve(request.replace('mongodb', 'mongo-motor'))
      : resolve.call(this, request, parent, ...rest);
  };
}
